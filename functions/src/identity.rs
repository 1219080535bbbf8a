//! Who somebody of the staff is, as a sign-in provider says it: OpenID
//! Connect, authorisation code with PKCE, with any provider that has a
//! discovery document. Only this module names the library for it.
//!
//! An ID token counts if its signature is by a key that the provider
//! publishes, in an algorithm that needs the provider's private key, and if
//! issuer, audience, nonce and time are right. The provider's clock may be a
//! minute off ours.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::staff::{Role, StaffId, StaffMember};
use jiff::Timestamp;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::RwLock;

use crate::config::StaffConfig;
use crate::entropy;

mod http;

use http::Http;

/// What the provider publishes is believed for so long.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// A key that is not known is looked for again, but not more often than this.
const AGAIN: Duration = Duration::from_secs(60);
/// How far apart two clocks may be, in seconds.
const SKEW: i64 = 60;
/// An ID token that was issued longer ago than this is not for this sign-in, in seconds.
const OLDEST: i64 = 15 * 60;

/// The address that the provider sends people back to, below our own origin.
pub const RETURN_PATH: &str = "/staff/signed-in/";

/// Every claim that is not standard, by its name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Claims(Map<String, Value>);

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type ProviderClient = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A sign-in that has begun, and that the provider has yet to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// What the answer has to name, so that it belongs to this browser.
    pub state: String,
    /// What the ID token has to name, so that it is no older one.
    pub nonce: String,
    /// What proves that the code is ours (RFC 7636).
    pub verifier: String,
    /// The page to go on to.
    pub to: String,
}

/// The provider, and what it published.
#[derive(Debug)]
pub struct Identity {
    settings: StaffConfig,
    return_address: String,
    http: Http,
    known: RwLock<Option<(Instant, Arc<ProviderClient>)>>,
}

/// Why somebody is not signed in. Never holds a token or a name.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The provider's addresses cannot be used.
    #[error("the sign-in provider’s settings cannot be used: {0}")]
    Settings(String),
    /// The provider does not answer, or not as one.
    #[error("the sign-in provider does not answer as it should: {0}")]
    Provider(String),
    /// The code was not taken: used, too old, or somebody else's.
    #[error("the sign-in provider did not take the code")]
    Code,
    /// The ID token does not say what it must.
    #[error("the ID token does not count: {0}")]
    Token(String),
    /// The person has no role here.
    #[error("the person has none of our roles")]
    NoRole,
}

impl Identity {
    /// The provider in the settings, which sends people back to `base_url`.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Settings`] if a connection cannot be made secure.
    pub fn new(settings: &StaffConfig, base_url: &str) -> Result<Identity, IdentityError> {
        let http = Http::new().map_err(|error| IdentityError::Settings(error.to_string()))?;
        Ok(Identity {
            settings: settings.clone(),
            return_address: format!("{base_url}{RETURN_PATH}"),
            http,
            known: RwLock::default(),
        })
    }

    /// Begins a sign-in: the address to send the browser to, and what has to
    /// be kept until it comes back.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Provider`] if the provider does not answer.
    pub async fn begin(&self, to: String) -> Result<(String, SignIn), IdentityError> {
        let client = self.client(FRESH).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (entropy::key(), entropy::key());
        let sign_in = SignIn {
            state: state.clone(),
            nonce: nonce.clone(),
            verifier: verifier.secret().clone(),
            to,
        };
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge);
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let (address, _, _) = request.url();
        Ok((address.to_string(), sign_in))
    }

    /// Ends a sign-in: who it is, by the code that the browser brought back.
    ///
    /// # Errors
    ///
    /// [`IdentityError`] says why it is nobody.
    pub async fn finish(
        &self,
        sign_in: &SignIn,
        code: &str,
        now: Timestamp,
    ) -> Result<StaffMember, IdentityError> {
        let client = self.client(FRESH).await?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| IdentityError::Settings(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(sign_in.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::ServerResponse(_) => IdentityError::Code,
                openidconnect::RequestTokenError::Parse(..) => {
                    IdentityError::Provider("its answer cannot be read".to_owned())
                }
                openidconnect::RequestTokenError::Request(error) => {
                    IdentityError::Provider(error.to_string())
                }
                openidconnect::RequestTokenError::Other(_) => {
                    IdentityError::Provider("the code could not be exchanged".to_owned())
                }
            })?;
        let nonce = Nonce::new(sign_in.nonce.clone());
        match self.person(&client, &answer, &nonce, now) {
            // Its keys may have been changed since they were read.
            Err(IdentityError::Token(_)) => {
                let client = self.client(AGAIN).await?;
                self.person(&client, &answer, &nonce, now)
            }
            done => done,
        }
    }

    fn person(
        &self,
        client: &ProviderClient,
        answer: &StandardTokenResponse<Fields, CoreTokenType>,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<StaffMember, IdentityError> {
        let token = answer
            .id_token()
            .ok_or_else(|| IdentityError::Token("there is none".to_owned()))?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPssSha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            ])
            .set_time_fn(move || instant(now.as_second() - SKEW))
            .set_issue_time_verifier_fn(move |issued: DateTime<Utc>| {
                let ago = now.as_second() - issued.timestamp();
                if (-SKEW..=OLDEST).contains(&ago) {
                    Ok(())
                } else {
                    Err("it was issued at another time".to_owned())
                }
            });
        let claims = token
            .claims(&verifier, nonce)
            // The library's words may quote the token.
            .map_err(|error| IdentityError::Token(kind_of(&error).to_owned()))?;
        let id = StaffId::parse(claims.subject().as_str())
            .ok_or_else(|| IdentityError::Token("its subject is none".to_owned()))?;
        let roles = roles(&claims.additional_claims().0, &self.settings.roles_claim);
        if roles.is_empty() {
            return Err(IdentityError::NoRole);
        }
        let name = claims
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.to_string())
            .or_else(|| claims.preferred_username().map(|name| name.to_string()))
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| "A member of staff".to_owned());
        Ok(StaffMember {
            id,
            name: name.chars().take(200).collect(),
            roles,
        })
    }

    /// What the provider published, not older than that.
    async fn client(&self, oldest: Duration) -> Result<Arc<ProviderClient>, IdentityError> {
        if let Some((since, client)) = &*self.known.read().await
            && since.elapsed() < oldest
        {
            return Ok(Arc::clone(client));
        }
        let mut known = self.known.write().await;
        // Whoever waited for this may find it done.
        if let Some((since, client)) = &*known
            && since.elapsed() < oldest
        {
            return Ok(Arc::clone(client));
        }
        let client = Arc::new(self.discover().await?);
        *known = Some((Instant::now(), Arc::clone(&client)));
        Ok(client)
    }

    async fn discover(&self) -> Result<ProviderClient, IdentityError> {
        let settings = |error: openidconnect::url::ParseError| {
            IdentityError::Settings(format!("not an address: {error}"))
        };
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(settings)?;
        let back = RedirectUrl::new(self.return_address.clone()).map_err(settings)?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http)
            .await
            .map_err(|error| IdentityError::Provider(error.to_string()))?;
        let in_body = metadata
            .token_endpoint_auth_methods_supported()
            .is_some_and(|methods| {
                methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                    && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
            });
        let secret = self.settings.client_secret.as_ref();
        let client = Client::from_provider_metadata(
            metadata,
            ClientId::new(self.settings.client_id.clone()),
            secret.map(|secret| ClientSecret::new(secret.expose().to_owned())),
        );
        let auth = if in_body {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        };
        Ok(client.set_redirect_uri(back).set_auth_type(auth))
    }
}

fn instant(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}

fn kind_of(error: &openidconnect::ClaimsVerificationError) -> &'static str {
    use openidconnect::ClaimsVerificationError as Error;
    match error {
        Error::Expired(_) => "it has expired",
        Error::InvalidAudience(_) => "it is for somebody else",
        Error::InvalidIssuer(_) => "it is from somebody else",
        Error::InvalidNonce(_) => "it is of another sign-in",
        Error::InvalidSubject(_) => "its subject is wrong",
        Error::SignatureVerification(_) => "its signature is not the provider’s",
        _ => "it is not understood",
    }
}

/// The roles in a claim: a text, or a list of them. A name with dots that is
/// no claim is a way into one (`realm_access.roles`).
fn roles(claims: &Map<String, Value>, claim: &str) -> BTreeSet<Role> {
    let value = claims.get(claim).or_else(|| {
        let (first, rest) = claim.split_once('.')?;
        let pointer = format!("/{}", rest.replace('.', "/"));
        claims.get(first)?.pointer(&pointer)
    });
    let names: Vec<&str> = match value {
        Some(Value::String(names)) => names.split([' ', ',']).collect(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    names.into_iter().filter_map(Role::of_name).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::staff::Role;
    use serde_json::{Value, json};

    use super::roles;

    fn of(claims: Value, claim: &str) -> BTreeSet<Role> {
        roles(claims.as_object().unwrap(), claim)
    }

    #[test]
    fn roles_are_read_from_a_list_a_text_or_within_a_claim() {
        let two = BTreeSet::from([Role::Secretary, Role::Director]);
        assert_eq!(
            of(json!({ "roles": ["secretary", "director", "x"] }), "roles"),
            two
        );
        assert_eq!(of(json!({ "groups": "secretary director" }), "groups"), two);
        let nested = json!({ "realm_access": { "roles": ["secretary", "director"] } });
        assert_eq!(of(nested, "realm_access.roles"), two);
        let dotted = json!({ "https://example.org/roles": ["secretary", "director"] });
        assert_eq!(of(dotted, "https://example.org/roles"), two);
    }

    #[test]
    fn a_claim_that_is_absent_or_of_another_kind_gives_no_role() {
        for claims in [
            json!({}),
            json!({ "roles": 1 }),
            json!({ "roles": { "secretary": true } }),
        ] {
            assert!(of(claims, "roles").is_empty());
        }
    }
}

//! What a client reads: the discovery document, the keys, and ID tokens for
//! codes. The key is made at the start and never leaves the process.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Form, Json};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{CODE, Code, State, lock};

/// How an ID token may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has expired.
    Expired,
    /// It was issued long ago.
    Old,
    /// It is of another sign-in.
    OtherNonce,
    /// It is for another client.
    OtherAudience,
    /// It names another provider.
    OtherIssuer,
    /// It is signed by a key that is not published.
    OtherKey,
    /// It is not signed at all.
    Unsigned,
    /// It is signed with the client's secret, which others may know.
    SharedSecret,
}

/// A key for signatures on the curve P-256, made at the start.
#[derive(Debug)]
pub(super) struct Key {
    id: String,
    key: SigningKey,
}

impl Key {
    pub(super) fn new() -> Key {
        let key = loop {
            // All but a few of the numbers of 32 bytes are keys.
            if let Ok(key) = SigningKey::from_slice(&functions::entropy::bytes::<32>()) {
                break key;
            }
        };
        Key {
            id: functions::entropy::key(),
            key,
        }
    }
}

/// `GET /.well-known/openid-configuration`.
pub(super) async fn discovery(Shared(state): Shared<Arc<State>>) -> Json<Value> {
    let issuer = &state.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "profile"],
        "claims_supported": ["sub", "name", "roles"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    }))
}

/// `GET /keys`.
pub(super) async fn keys(Shared(state): Shared<Arc<State>>) -> Json<Value> {
    let point = state.key.key.verifying_key().to_sec1_point(false);
    let part = |bytes: Option<&_>| bytes.map(|bytes: &p256::FieldBytes| encode(bytes));
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": state.key.id,
        "x": part(point.x()), "y": part(point.y()),
    }] }))
}

/// `POST /token`: an ID token for a code.
pub(super) async fn exchange(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if !is_client(&state, &headers) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let said = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let code = lock(&state.codes).remove(said("code"));
    let Some(code) = code.filter(|code| {
        said("grant_type") == "authorization_code"
            && said("redirect_uri") == state.settings.return_address
            && code.since.elapsed() < CODE
            && encode(&Sha256::digest(said("code_verifier").as_bytes())) == code.asked.challenge
    }) else {
        return refused(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let fault = lock(&state.fault).take();
    Json(json!({
        "access_token": functions::entropy::key(), "token_type": "Bearer", "expires_in": 300,
        "id_token": id_token(&state, &code, fault),
    }))
    .into_response()
}

fn is_client(state: &State, headers: &HeaderMap) -> bool {
    // Neither has a character that would be encoded (RFC 6749, section 2.3.1).
    let right = format!(
        "Basic {}",
        BASE64_STANDARD.encode(format!(
            "{}:{}",
            state.settings.client_id, state.settings.client_secret
        ))
    );
    headers
        .get(header::AUTHORIZATION)
        .is_some_and(|said| said.as_bytes() == right.as_bytes())
}

fn refused(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

fn id_token(state: &State, code: &Code, fault: Option<Fault>) -> String {
    let now = jiff::Timestamp::now().as_second();
    let is = |one: Fault| fault == Some(one);
    let otherwise = |wrong: bool, right: &str| {
        if wrong {
            "https://other.example".to_owned()
        } else {
            right.to_owned()
        }
    };
    let claims = json!({
        "iss": otherwise(is(Fault::OtherIssuer), &state.issuer),
        "aud": otherwise(is(Fault::OtherAudience), &state.settings.client_id),
        "nonce": otherwise(is(Fault::OtherNonce), &code.asked.nonce),
        "iat": if is(Fault::Old) { now - 3_600 } else { now },
        "exp": if is(Fault::Expired) { now - 300 } else { now + 300 },
        "sub": format!("stand-in-{}", code.person.slug()),
        "name": code.person.name(),
        "roles": code.person.roles(),
    });
    let algorithm = match fault {
        Some(Fault::Unsigned) => "none",
        Some(Fault::SharedSecret) => "HS256",
        _ => "ES256",
    };
    let head = json!({ "alg": algorithm, "typ": "JWT", "kid": state.key.id });
    let signed = format!(
        "{}.{}",
        encode(head.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    );
    let signature = match fault {
        Some(Fault::Unsigned) => String::new(),
        Some(Fault::SharedSecret) => shared(&state.settings.client_secret, &signed),
        Some(Fault::OtherKey) => sign(&Key::new(), &signed),
        _ => sign(&state.key, &signed),
    };
    format!("{signed}.{signature}")
}

fn sign(key: &Key, text: &str) -> String {
    let signature: Signature = key.key.sign(text.as_bytes());
    encode(&signature.to_bytes())
}

fn shared(secret: &str, text: &str) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map(|mac| encode(&mac.chain_update(text.as_bytes()).finalize().into_bytes()))
        .unwrap_or_default()
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

//! A certificate of attendance: whoever has its code sees that it is genuine,
//! and has it as a file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::booking::{Booking, CertificateCode, Registration, RegistrationState};
use domain::calendar::{clock_time, long_date};
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::paper::{Certificate, render_certificate};
use crate::screen::Screen;
use crate::site::Published;

/// `GET /certificates/{code}/`.
pub(super) async fn page(State(app): State<App>, Named(code): Named) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let certificate = find(&app, &site, &code).await?;
    let code = CertificateCode::parse(&code).ok_or(ApiError::NotFound)?;
    let context = json!({ "certificate": {
        "delegate": certificate.delegate, "school": certificate.school,
        "event": certificate.event, "when": certificate.when, "venue": certificate.venue,
        "code": certificate.code, "issuer": certificate.issuer,
        "file": format!("/certificates/{}/certificate.pdf", code.as_str()),
    } });
    let path = format!("/certificates/{}/", code.as_str());
    let screen = Screen {
        title: "Certificate of attendance",
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/certificate.html", context)?
        .into_response())
}

/// `GET /certificates/{code}/certificate.pdf`.
pub(super) async fn file(State(app): State<App>, Named(code): Named) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let certificate = find(&app, &site, &code).await?;
    let bytes =
        render_certificate(&certificate).map_err(|error| ApiError::Internal(error.into()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (
            header::CONTENT_DISPOSITION,
            "inline; filename=\"certificate.pdf\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// The certificate of a code, as long as the delegate is marked as having come.
async fn find(app: &App, site: &Published, code: &str) -> Result<Certificate, ApiError> {
    let code = CertificateCode::parse(code).ok_or(ApiError::NotFound)?;
    let of = app.store.certified(&code).await?;
    let of = of.ok_or(ApiError::NotFound)?;
    let booking = app.store.booking(&of.booking).await?;
    let booking = booking.ok_or(ApiError::NotFound)?;
    let registration = booking.registration(of.number).filter(|registration| {
        registration.state == RegistrationState::Attended
            && registration.certificate.as_ref() == Some(&code)
    });
    let registration = registration.ok_or(ApiError::NotFound)?;
    Ok(certificate(app, site, &booking, registration, &code))
}

fn certificate(
    app: &App,
    site: &Published,
    booking: &Booking,
    registration: &Registration,
    code: &CertificateCode,
) -> Certificate {
    let event = site.publication.event(&booking.event);
    let about = booking.now(event);
    let starts = about.starts;
    let day = long_date(starts.date());
    let when = match about.ends {
        Some(ends) if ends.date() == starts.date() => {
            format!(
                "{day}, {} to {}",
                clock_time(starts.time()),
                clock_time(ends.time())
            )
        }
        Some(ends) => format!("{day} to {}", long_date(ends.date())),
        None => day,
    };
    let path = format!("/certificates/{}/", code.as_str());
    Certificate {
        issuer: site.publication.site.full_name.clone(),
        delegate: booking.reader(registration).name.to_string(),
        school: booking.school.name.to_string(),
        event: about.event_title,
        when,
        venue: about.venue,
        code: code.to_string(),
        address: format!("{}{path}", app.config.base_url),
    }
}

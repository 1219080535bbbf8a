//! An invoice and its credit notes as files, for those who keep files: below the
//! address of the invoice's page, so with the same secret.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::invoice::CreditNoteNumber;

use super::invoice::{Address, other};
use crate::answer::ApiError;
use crate::app::App;
use crate::invoice_paper::{Around, of_credit_note, of_invoice};
use crate::invoice_words::replaced_by;
use crate::invoicing::promised_at;
use crate::paper::{self, Paper};

/// `GET /invoices/{number}/{secret}/invoice.pdf`.
pub(super) async fn invoice(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let invoice = address.open(&app).await?.value;
    let site = app.site.published().await?;
    let around = Around {
        page: address.path(),
        promised: promised_at(&app, &invoice).await?,
        replaces: other(&app, invoice.says.replaces).await?,
        replaced_by: other(&app, replaced_by(&invoice)).await?,
        credit_notes: app.store.credit_notes_of(&invoice).await?,
    };
    file(&of_invoice(
        &app.config,
        &site.publication.site,
        &invoice,
        &around,
    ))
}

/// `GET /invoices/{number}/{secret}/credit-notes/{note}.pdf`.
pub(super) async fn credit_note(
    State(app): State<App>,
    address: Address,
    Path((_, _, name)): Path<(String, String, String)>,
) -> Result<Response, ApiError> {
    let invoice = address.open(&app).await?.value;
    let number = name.strip_suffix(".pdf").and_then(CreditNoteNumber::parse);
    let notes = app.store.credit_notes_of(&invoice).await?;
    let note = notes.into_iter().find(|note| Some(note.number) == number);
    let note = note.ok_or(ApiError::NotFound)?;
    let site = app.site.published().await?;
    file(&of_credit_note(
        &app.config,
        &site.publication.site,
        &note,
        &invoice,
    ))
}

/// A paper as an answer that a browser shows, and keeps under its number.
fn file(paper: &Paper) -> Result<Response, ApiError> {
    let bytes = paper::render(paper).map_err(|error| ApiError::Internal(error.into()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{}.pdf\"", paper.number),
        ),
    ];
    Ok((headers, bytes).into_response())
}

//! What is changed of the delegate of a registration besides the place: who it is,
//! and what follows from having come.

use domain::booking::{CertificateCode, Delegate, RegistrationId};
use domain::feedback::FeedbackAsked;
use domain::money::Pence;

use super::Decision;
use super::joining::note_named;
use crate::entropy;

impl Decision<'_> {
    /// Gives a registration its certificate, once, and asks what the event was
    /// like if that is still asked.
    pub fn certify(
        &mut self,
        id: &RegistrationId,
        asked: Option<FeedbackAsked>,
    ) -> Option<CertificateCode> {
        let touched = self.bookings.get_mut(&id.booking)?;
        let registration = touched.read.value.registration_mut(id.number)?;
        if registration.certificate.is_some() {
            return None;
        }
        let code = CertificateCode::from_entropy(entropy::bytes());
        registration.certificate = Some(code.clone());
        registration.feedback = asked;
        touched.what.get_or_insert("delegate-certified");
        Some(code)
    }

    /// Notes what is kept of what was paid for a place that is given up.
    pub fn keeps(&mut self, id: &RegistrationId, pence: Pence) {
        if let Some(touched) = self.bookings.get_mut(&id.booking)
            && let Some(registration) = touched.read.value.registration_mut(id.number)
        {
            registration.kept = Some(pence).filter(|pence| !pence.is_zero());
        }
    }

    /// Notes that somebody came who has a certificate once the event is over.
    pub fn certificate_is_due(&mut self) {
        self.tally.value.certificates_due = true;
    }

    /// Names the delegate of a registration, instead of whoever was named.
    pub fn name_delegate(&mut self, id: &RegistrationId, delegate: Delegate) {
        if let Some(touched) = self.bookings.get_mut(&id.booking)
            && let Some(registration) = touched.read.value.registration_mut(id.number)
        {
            note_named(self.joining.as_ref(), registration, &delegate);
            registration.delegate = Some(delegate);
            touched.what = Some("delegate-named");
        }
    }
}

//! What is changed of the delegate of a registration besides the place: who it is,
//! and what follows from having come.

use domain::booking::{CertificateCode, Delegate, RegistrationId};
use domain::feedback::FeedbackAsked;

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
        Some(code)
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

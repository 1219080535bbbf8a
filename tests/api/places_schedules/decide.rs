//! What a worker decides, by the rules of the product and in its order.

use domain::booking::{
    Booking, Registration, RegistrationCommand as Do, RegistrationId, RegistrationState,
};
use domain::invoice::InvoiceNumber;
use domain::letter::Letter;
use domain::money::Pence;
use domain::payment::{Attempt, Outcome, Payment, PaymentState, Purpose, Record};
use domain::places::{Asker, Change, Reckoned, Tally, told, told_given_up};
use domain::reference::{BookingReference, PaymentReference};
use domain::settlement::settle_place;

use super::model::{Deed, Kept, Name, Work, Worker, World};

/// A decision as the product gathers it: the tally, and the bookings that are
/// changed with it, as they stood before and as they are.
struct Decision<'w> {
    world: &'w mut World,
    worker: &'w Worker,
    tally: Tally,
    read: Vec<(Name, u64)>,
    changes: Vec<Change>,
    bookings: Vec<(Vec<Registration>, Booking)>,
    payments: Vec<Payment>,
    asked: Vec<Payment>,
    letters: Vec<Letter>,
    page: Option<PaymentReference>,
}

/// What a worker writes; nothing if it is forbidden, or there is nothing to do.
pub fn decide(world: &mut World, worker: &Worker) -> Option<Work> {
    let mut decision = Decision {
        tally: world.tally.value.clone(),
        read: vec![(Name::Tally, world.tally.version)],
        world,
        worker,
        changes: Vec::new(),
        bookings: Vec::new(),
        payments: Vec::new(),
        asked: Vec::new(),
        letters: Vec::new(),
        page: None,
    };
    match &worker.deed {
        Deed::Book(booking, first) => {
            if decision.tally.called_off {
                return None;
            }
            decision.catch_up();
            let event = worker.site.as_ref()?;
            let mut booking = (**booking).clone();
            let now = decision.world.now;
            for index in 0..booking.registrations.len() {
                let asker = Asker::of(&booking, &booking.registrations[index]);
                let rules = &decision.world.rules;
                let state = decision.tally.ask(&asker, *first, event, rules, now);
                booking.registrations[index].state = state;
            }
            let reference = booking.reference.clone();
            decision.bookings.push((Vec::new(), booking));
            decision.charge(&reference);
        }
        Deed::All(reference, command) => {
            let booking = decision.take()?;
            let now = decision.world.now;
            let allows = |one: &&Registration| one.state.at(now).allows(*command).is_ok();
            let allowed: Vec<_> = booking.registrations.iter().filter(allows).collect();
            if allowed.is_empty() {
                return None;
            }
            for one in allowed {
                decision.command(&booking.id(one), *command)?;
            }
            decision.charge(reference);
            decision.catch_up();
        }
        Deed::One(id, command) => {
            let booking = decision.take()?;
            let before = booking.registration(id.number)?;
            decision.command(id, *command)?;
            match command {
                Do::Cancel | Do::Leave | Do::Decline => {
                    let letters = told_given_up(&booking, before, Reckoned::default(), false);
                    decision.letters.extend(letters);
                }
                Do::Swap => decision.swap(id),
                _ => decision.charge(&id.booking),
            }
            decision.catch_up();
        }
        Deed::Begin(reference) => decision.begin(reference)?,
        Deed::Settle(session) => decision.settle(session)?,
        Deed::Invoice(reference) => decision.invoice(reference)?,
        Deed::CallOff => {
            if std::mem::replace(&mut decision.tally.called_off, true) {
                return None;
            }
        }
        Deed::CatchUp => {
            decision.catch_up();
            if decision.changes.is_empty() {
                return None;
            }
        }
    }
    Some(decision.work())
}

impl Decision<'_> {
    /// Takes in the booking that the worker had read.
    fn take(&mut self) -> Option<Booking> {
        let Kept { version, value } = self.worker.booking.clone()?;
        self.read
            .push((Name::Booking(value.reference.clone()), version));
        self.bookings
            .push((value.registrations.clone(), value.clone()));
        Some(value)
    }

    /// The booking of that reference, read if it was not.
    fn booking(&mut self, reference: &BookingReference) -> &mut Booking {
        let is_it = |(_, booking): &(Vec<Registration>, Booking)| booking.reference == *reference;
        if !self.bookings.iter().any(is_it) {
            let Kept { version, value } = self.world.bookings[reference].clone();
            self.read.push((Name::Booking(reference.clone()), version));
            self.bookings.push((value.registrations.clone(), value));
        }
        let at = self.bookings.iter().position(is_it).unwrap();
        &mut self.bookings[at].1
    }

    fn catch_up(&mut self) {
        let Some(event) = &self.worker.site else {
            return;
        };
        let changes = self
            .tally
            .catch_up(event, &self.world.rules, self.world.now);
        self.enter(changes);
    }

    fn enter(&mut self, changes: Vec<Change>) {
        for change in &changes {
            let RegistrationId { booking, number } = &change.registration;
            let own = self.booking(booking);
            own.registration_mut(*number).unwrap().state = change.state;
            if let RegistrationState::Offered { .. } = change.state {
                self.charge(booking);
            }
        }
        self.changes.extend(changes);
    }

    fn command(&mut self, id: &RegistrationId, command: Do) -> Option<()> {
        let event = self.worker.site.as_ref();
        let booking = self.booking(&id.booking);
        let registration = booking.registration(id.number)?;
        let asker = Asker::of(booking, registration);
        let both = (registration.state, command);
        let (rules, now) = (&self.world.rules, self.world.now);
        let done = self.tally.command(&asker, both, event, rules, now).ok()?;
        self.booking(&id.booking).registration_mut(id.number)?.state = done;
        Some(())
    }

    /// Somebody else comes.
    fn swap(&mut self, id: &RegistrationId) {
        let own = self.world.number();
        let booking = self.booking(&id.booking);
        let mut other = booking.booker.clone();
        let email = format!("other.{own}@sample.example");
        other.email = domain::contact::EmailAddress::parse(&email, "").unwrap();
        let registration = booking.registration_mut(id.number).unwrap();
        registration.delegate = Some(other.into());
    }

    /// Asks for payment of the places that are kept for it: one payment for all
    /// that are kept together, and one for each that is offered.
    fn charge(&mut self, reference: &BookingReference) {
        let booking = self.booking(reference).clone();
        let unasked = |is_kept: fn(RegistrationState) -> bool| -> Vec<u8> {
            let registrations = booking.registrations.iter();
            registrations
                .filter(|one| one.payment.is_none() && is_kept(one.state) && booking.asks_card(one))
                .map(|one| one.number)
                .collect()
        };
        let together = unasked(|state| matches!(state, RegistrationState::Held { .. }));
        let apart = unasked(|state| matches!(state, RegistrationState::Offered { .. }));
        let together = Some(together).filter(|numbers| !numbers.is_empty());
        let apart = apart.into_iter().map(|number| vec![number]);
        for numbers in together.into_iter().chain(apart) {
            let each = self.world.shape.price.unwrap_or(Pence::ZERO);
            let purpose = Purpose::Booking {
                booking: reference.clone(),
                event: booking.event.clone(),
            };
            let payment = Payment::new(
                PaymentReference::from_entropy(self.world.name()),
                purpose,
                numbers.iter().map(|_| each).sum(),
                "Places".to_owned(),
                self.world.now,
            );
            for number in numbers {
                let booking = self.booking(reference);
                let registration = booking.registration_mut(number).unwrap();
                registration.payment = Some(payment.reference.clone());
            }
            self.asked.push(payment);
        }
    }

    /// A payment with its booking, all read together.
    fn paid(&mut self, reference: &PaymentReference) -> Option<(Payment, Booking)> {
        let Kept { version, value } = self.world.payments.get(reference)?.clone();
        self.read.push((Name::Payment(reference.clone()), version));
        let Purpose::Booking { booking, .. } = &value.purpose else {
            return None;
        };
        let booking = self.booking(booking).clone();
        Some((value, booking))
    }

    fn begin(&mut self, reference: &PaymentReference) -> Option<()> {
        self.worker.site.as_ref()?;
        let (mut payment, booking) = self.paid(reference)?;
        if payment.state != PaymentState::Open || payment.attempt.is_some() {
            return None;
        }
        let mut kept = false;
        for one in booking.bought_by(reference) {
            let (rules, now) = (&self.world.rules, self.world.now);
            if let Some(state) = self.tally.extend(&booking.id(one), rules, now) {
                let own = self.booking(&booking.reference);
                own.registration_mut(one.number)?.state = state;
                kept = true;
            }
        }
        if !kept {
            return None;
        }
        self.catch_up();
        payment.attempt = Some(Attempt {
            key: reference.to_string(),
            expires_at: self.world.now,
            session: Some(format!("cs_{}", self.world.pages.len() + 1)),
            promised_at: None,
        });
        self.payments.push(payment);
        self.page = Some(reference.clone());
        Some(())
    }

    fn settle(&mut self, session: &str) -> Option<()> {
        let mut pages = self.world.pages.iter();
        let page = pages.find(|page| page.session == session)?.clone();
        if page.outcome == Outcome::Pending {
            return None;
        }
        let (payment, booking) = self.paid(&page.payment)?;
        let record = Record {
            session: page.session,
            reference: Some(page.payment.to_string()),
            amount: i64::try_from(page.amount.get()).ok(),
            currency: Some("gbp".to_owned()),
            live: false,
            outcome: page.outcome,
        };
        let by = (self.worker.site.as_ref(), &self.world.rules);
        let settled = settle_place(&payment, &booking, &self.tally, by, &record, self.world.now)?;
        self.letters.extend(settled.letters());
        self.tally = settled.tally;
        let own = self.bookings.first_mut()?;
        *own = (settled.booking.registrations.clone(), settled.booking);
        self.payments.push(settled.payment);
        self.enter(settled.changes);
        Some(())
    }

    fn invoice(&mut self, reference: &PaymentReference) -> Option<()> {
        self.worker.site.as_ref()?;
        let (mut payment, booking) = self.paid(reference)?;
        if payment.state != PaymentState::Open {
            return None;
        }
        let now = self.world.now;
        let is_kept = |one: &&Registration| {
            matches!(
                one.state.at(now),
                RegistrationState::Held { .. } | RegistrationState::Offered { .. }
            )
        };
        let kept: Vec<_> = booking.bought_by(reference).filter(is_kept).collect();
        if kept.is_empty() {
            return None;
        }
        for one in kept {
            self.command(&booking.id(one), Do::Pay)?;
        }
        let invoice = InvoiceNumber::after(0);
        payment.state = PaymentState::Invoiced { at: now, invoice };
        self.payments.push(payment);
        self.catch_up();
        Some(())
    }

    fn work(mut self) -> Work {
        for (before, booking) in &self.bookings {
            let by = (&self.tally, self.worker.site.as_ref());
            let letters = told(booking, before, by, &self.asked);
            self.letters.extend(letters);
        }
        self.payments.extend(self.asked);
        let bookings = self.bookings.into_iter().map(|(_, booking)| booking);
        Work {
            command: self.worker.command,
            deed: self.worker.deed.clone(),
            site: self.worker.site.clone(),
            now: self.world.now,
            read: self.read,
            tally: self.tally,
            changes: self.changes,
            bookings: bookings.collect(),
            payments: self.payments,
            letters: self.letters,
            page: self.page,
        }
    }
}

//! The whole table of an application: each state by each command, a test named
//! after each row.

use super::ApplicationCommand as Do;
use super::ApplicationState as Is;

/// One test for each row, named after it.
macro_rules! rows {
    ($($name:ident: $from:ident, $command:ident $(=> $to:ident)?;)*) => {
        $(#[test]
        fn $name() {
            let after = Is::$from.after(Do::$command);
            assert_eq!(after.ok(), row!($($to)?));
        })*
        const ROWS: &[(Is, Do)] = &[$((Is::$from, Do::$command)),*];
    };
}

/// Where a row leads; nowhere, if it is forbidden.
macro_rules! row {
    () => {
        None
    };
    ($to:ident) => {
        Some(Is::$to)
    };
}

rows! {
    draft_edit_stays_draft: Draft, Edit => Draft;
    draft_submit_becomes_unconfirmed: Draft, Submit => Unconfirmed;
    draft_confirm_address_is_forbidden: Draft, ConfirmAddress;
    draft_override_is_forbidden: Draft, Override;
    draft_pick_up_is_forbidden: Draft, PickUp;
    draft_ask_is_forbidden: Draft, Ask;
    draft_reply_is_forbidden: Draft, Reply;
    draft_approve_is_forbidden: Draft, Approve;
    draft_decline_is_forbidden: Draft, Decline;
    draft_correct_decision_is_forbidden: Draft, CorrectDecision;
    draft_withdraw_becomes_withdrawn: Draft, Withdraw => Withdrawn;
    draft_expire_becomes_expired: Draft, Expire => Expired;
    draft_apply_again_is_forbidden: Draft, ApplyAgain;
    unconfirmed_edit_is_forbidden: Unconfirmed, Edit;
    unconfirmed_submit_is_forbidden: Unconfirmed, Submit;
    unconfirmed_confirm_address_becomes_submitted: Unconfirmed, ConfirmAddress => Submitted;
    unconfirmed_override_becomes_submitted: Unconfirmed, Override => Submitted;
    unconfirmed_pick_up_is_forbidden: Unconfirmed, PickUp;
    unconfirmed_ask_is_forbidden: Unconfirmed, Ask;
    unconfirmed_reply_is_forbidden: Unconfirmed, Reply;
    unconfirmed_approve_is_forbidden: Unconfirmed, Approve;
    unconfirmed_decline_is_forbidden: Unconfirmed, Decline;
    unconfirmed_correct_decision_is_forbidden: Unconfirmed, CorrectDecision;
    unconfirmed_withdraw_becomes_withdrawn: Unconfirmed, Withdraw => Withdrawn;
    unconfirmed_expire_becomes_expired: Unconfirmed, Expire => Expired;
    unconfirmed_apply_again_is_forbidden: Unconfirmed, ApplyAgain;
    submitted_edit_is_forbidden: Submitted, Edit;
    submitted_submit_is_forbidden: Submitted, Submit;
    submitted_confirm_address_is_forbidden: Submitted, ConfirmAddress;
    submitted_override_is_forbidden: Submitted, Override;
    submitted_pick_up_becomes_under_review: Submitted, PickUp => UnderReview;
    submitted_ask_is_forbidden: Submitted, Ask;
    submitted_reply_is_forbidden: Submitted, Reply;
    submitted_approve_is_forbidden: Submitted, Approve;
    submitted_decline_is_forbidden: Submitted, Decline;
    submitted_correct_decision_is_forbidden: Submitted, CorrectDecision;
    submitted_withdraw_becomes_withdrawn: Submitted, Withdraw => Withdrawn;
    submitted_expire_is_forbidden: Submitted, Expire;
    submitted_apply_again_is_forbidden: Submitted, ApplyAgain;
    under_review_edit_is_forbidden: UnderReview, Edit;
    under_review_submit_is_forbidden: UnderReview, Submit;
    under_review_confirm_address_is_forbidden: UnderReview, ConfirmAddress;
    under_review_override_is_forbidden: UnderReview, Override;
    under_review_pick_up_is_forbidden: UnderReview, PickUp;
    under_review_ask_becomes_information_requested: UnderReview, Ask => InformationRequested;
    under_review_reply_is_forbidden: UnderReview, Reply;
    under_review_approve_becomes_approved: UnderReview, Approve => Approved;
    under_review_decline_becomes_declined: UnderReview, Decline => Declined;
    under_review_correct_decision_is_forbidden: UnderReview, CorrectDecision;
    under_review_withdraw_becomes_withdrawn: UnderReview, Withdraw => Withdrawn;
    under_review_expire_is_forbidden: UnderReview, Expire;
    under_review_apply_again_is_forbidden: UnderReview, ApplyAgain;
    information_requested_edit_is_forbidden: InformationRequested, Edit;
    information_requested_submit_is_forbidden: InformationRequested, Submit;
    information_requested_confirm_address_is_forbidden: InformationRequested, ConfirmAddress;
    information_requested_override_is_forbidden: InformationRequested, Override;
    information_requested_pick_up_is_forbidden: InformationRequested, PickUp;
    information_requested_ask_is_forbidden: InformationRequested, Ask;
    information_requested_reply_becomes_under_review: InformationRequested, Reply => UnderReview;
    information_requested_approve_is_forbidden: InformationRequested, Approve;
    information_requested_decline_is_forbidden: InformationRequested, Decline;
    information_requested_correct_decision_is_forbidden: InformationRequested, CorrectDecision;
    information_requested_withdraw_becomes_withdrawn: InformationRequested, Withdraw => Withdrawn;
    information_requested_expire_is_forbidden: InformationRequested, Expire;
    information_requested_apply_again_is_forbidden: InformationRequested, ApplyAgain;
    approved_edit_is_forbidden: Approved, Edit;
    approved_submit_is_forbidden: Approved, Submit;
    approved_confirm_address_is_forbidden: Approved, ConfirmAddress;
    approved_override_is_forbidden: Approved, Override;
    approved_pick_up_is_forbidden: Approved, PickUp;
    approved_ask_is_forbidden: Approved, Ask;
    approved_reply_is_forbidden: Approved, Reply;
    approved_approve_is_forbidden: Approved, Approve;
    approved_decline_is_forbidden: Approved, Decline;
    approved_correct_decision_stays_approved: Approved, CorrectDecision => Approved;
    approved_withdraw_is_forbidden: Approved, Withdraw;
    approved_expire_is_forbidden: Approved, Expire;
    approved_apply_again_is_forbidden: Approved, ApplyAgain;
    declined_edit_is_forbidden: Declined, Edit;
    declined_submit_is_forbidden: Declined, Submit;
    declined_confirm_address_is_forbidden: Declined, ConfirmAddress;
    declined_override_is_forbidden: Declined, Override;
    declined_pick_up_is_forbidden: Declined, PickUp;
    declined_ask_is_forbidden: Declined, Ask;
    declined_reply_is_forbidden: Declined, Reply;
    declined_approve_is_forbidden: Declined, Approve;
    declined_decline_is_forbidden: Declined, Decline;
    declined_correct_decision_stays_declined: Declined, CorrectDecision => Declined;
    declined_withdraw_is_forbidden: Declined, Withdraw;
    declined_expire_is_forbidden: Declined, Expire;
    declined_apply_again_stays_declined: Declined, ApplyAgain => Declined;
    withdrawn_edit_is_forbidden: Withdrawn, Edit;
    withdrawn_submit_is_forbidden: Withdrawn, Submit;
    withdrawn_confirm_address_is_forbidden: Withdrawn, ConfirmAddress;
    withdrawn_override_is_forbidden: Withdrawn, Override;
    withdrawn_pick_up_is_forbidden: Withdrawn, PickUp;
    withdrawn_ask_is_forbidden: Withdrawn, Ask;
    withdrawn_reply_is_forbidden: Withdrawn, Reply;
    withdrawn_approve_is_forbidden: Withdrawn, Approve;
    withdrawn_decline_is_forbidden: Withdrawn, Decline;
    withdrawn_correct_decision_is_forbidden: Withdrawn, CorrectDecision;
    withdrawn_withdraw_is_forbidden: Withdrawn, Withdraw;
    withdrawn_expire_is_forbidden: Withdrawn, Expire;
    withdrawn_apply_again_stays_withdrawn: Withdrawn, ApplyAgain => Withdrawn;
    expired_edit_is_forbidden: Expired, Edit;
    expired_submit_is_forbidden: Expired, Submit;
    expired_confirm_address_is_forbidden: Expired, ConfirmAddress;
    expired_override_is_forbidden: Expired, Override;
    expired_pick_up_is_forbidden: Expired, PickUp;
    expired_ask_is_forbidden: Expired, Ask;
    expired_reply_is_forbidden: Expired, Reply;
    expired_approve_is_forbidden: Expired, Approve;
    expired_decline_is_forbidden: Expired, Decline;
    expired_correct_decision_is_forbidden: Expired, CorrectDecision;
    expired_withdraw_is_forbidden: Expired, Withdraw;
    expired_expire_is_forbidden: Expired, Expire;
    expired_apply_again_is_forbidden: Expired, ApplyAgain;
}

#[test]
fn every_state_has_a_row_for_every_command() {
    assert_eq!(ROWS.len(), Is::ALL.len() * 13);
    for (index, row) in ROWS.iter().enumerate() {
        assert!(!ROWS[..index].contains(row), "{row:?} is there twice");
    }
}

#[test]
fn an_application_is_being_written_is_live_or_is_settled() {
    for state in Is::ALL {
        let written = matches!(state, Is::Draft | Is::Unconfirmed);
        let ways = [written, state.is_live(), state.is_settled()];
        let count = ways.iter().filter(|way| **way).count();
        assert_eq!(count, 1, "{state:?}");
    }
}

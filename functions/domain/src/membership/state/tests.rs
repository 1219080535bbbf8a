//! The whole table of a membership: each state by each command, a test named
//! after each row.

use super::MembershipCommand as Do;
use super::Standing as Is;

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
    active_give_free_notice_becomes_ended: Active, GiveFreeNotice => Ended;
    active_give_notice_becomes_notice_given: Active, GiveNotice => NoticeGiven;
    active_retract_is_forbidden: Active, Retract;
    active_reach_end_is_forbidden: Active, ReachEnd;
    active_close_becomes_ended: Active, Close => Ended;
    active_replace_urn_becomes_transferred: Active, ReplaceUrn => Transferred;
    active_join_again_is_forbidden: Active, JoinAgain;
    notice_given_give_free_notice_is_forbidden: NoticeGiven, GiveFreeNotice;
    notice_given_give_notice_is_forbidden: NoticeGiven, GiveNotice;
    notice_given_retract_becomes_active: NoticeGiven, Retract => Active;
    notice_given_reach_end_becomes_ended: NoticeGiven, ReachEnd => Ended;
    notice_given_close_becomes_ended: NoticeGiven, Close => Ended;
    notice_given_replace_urn_becomes_transferred: NoticeGiven, ReplaceUrn => Transferred;
    notice_given_join_again_is_forbidden: NoticeGiven, JoinAgain;
    ended_give_free_notice_is_forbidden: Ended, GiveFreeNotice;
    ended_give_notice_is_forbidden: Ended, GiveNotice;
    ended_retract_is_forbidden: Ended, Retract;
    ended_reach_end_is_forbidden: Ended, ReachEnd;
    ended_close_is_forbidden: Ended, Close;
    ended_replace_urn_is_forbidden: Ended, ReplaceUrn;
    ended_join_again_stays_ended: Ended, JoinAgain => Ended;
    transferred_give_free_notice_is_forbidden: Transferred, GiveFreeNotice;
    transferred_give_notice_is_forbidden: Transferred, GiveNotice;
    transferred_retract_is_forbidden: Transferred, Retract;
    transferred_reach_end_is_forbidden: Transferred, ReachEnd;
    transferred_close_is_forbidden: Transferred, Close;
    transferred_replace_urn_is_forbidden: Transferred, ReplaceUrn;
    transferred_join_again_is_forbidden: Transferred, JoinAgain;
}

#[test]
fn every_state_has_a_row_for_every_command() {
    assert_eq!(ROWS.len(), Is::ALL.len() * 7);
    for (index, row) in ROWS.iter().enumerate() {
        assert!(!ROWS[..index].contains(row), "{row:?} is there twice");
    }
}

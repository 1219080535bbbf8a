//! What the product relies on of a database, each as a sentence: held by the
//! engine that is embedded here, and by an emulator of AWS that is not ours.
//!
//! Both are spoken to through `functions::store` alone, as the product does it,
//! over the wire and with the table of `infra/template.yaml`. No test has an
//! account; what a database of AWS's own may answer besides, and neither of the
//! two ever does, is answered in its place in [`answers`].
//!
//! Both do better than DynamoDB in this: whatever they are asked they read as it
//! is now, they write an index with the record, and two never meet. MiniStack
//! (1.5.33) besides answers a batch of any size at once.
//!
//! The race for the last place is run on both as well, between two products that
//! share a database as two functions do.

mod door;
mod engine;
mod samples;

mod answers;
mod batches;
mod expiry;
mod going;
mod history;
mod last_place;
mod lists;
mod money;
mod outbox;
mod publication;
mod records;
mod refused;
mod search;
mod together;

use engine::Engine;

/// One test for each on the embedded engine; one for all of them on the
/// emulator, which takes seconds to start, each with a table of its own.
macro_rules! contract {
    ($($file:ident { $($sentence:ident)* })*) => {
        mod embedded {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread")]
                async fn $sentence() {
                    let engine = crate::Engine::embedded().await;
                    crate::$file::$sentence(engine.store("embedded").await).await;
                })*
            })*
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn all_of_it_is_held_by_an_emulator_that_is_not_ours() {
            let engine = Engine::emulator().await;
            let mut broken = Vec::new();
            $($({
                let sentence = concat!(stringify!($file), "::", stringify!($sentence));
                let store = engine.store(stringify!($sentence)).await;
                let begun = std::time::Instant::now();
                match tokio::spawn($file::$sentence(store)).await {
                    Ok(()) => println!("{:5} ms  {sentence}", begun.elapsed().as_millis()),
                    Err(panicked) => broken.push((sentence, panicked.to_string())),
                }
            })*)*
            assert!(broken.is_empty(), "the emulator does not hold {broken:#?}");
        }
    };
}

contract! {
    records {
        a_record_comes_back_as_it_was_written_and_counts_its_writes
        what_nobody_wrote_is_not_there
        text_in_any_script_and_what_is_empty_come_back
        the_largest_number_comes_back
        a_record_of_almost_an_items_size_comes_back_and_a_larger_one_is_refused
        what_was_written_is_read_at_once
    }
    refused {
        a_change_of_what_has_changed_meanwhile_is_refused
        a_new_record_replaces_none
        every_guard_that_refuses_is_named
        what_is_only_asked_about_is_not_written
        a_urn_is_let_go_by_whoever_holds_it_alone
        a_hold_needs_its_record_and_is_one
        a_session_that_has_ended_is_not_begun_again_by_being_used
    }
    together {
        one_refusal_leaves_nothing_of_a_transaction
        a_command_that_arrives_twice_is_carried_out_once
        of_those_who_change_a_record_at_the_same_moment_one_does
        of_a_command_that_arrives_at_the_same_moment_one_is_carried_out
        a_hundred_items_are_written_together_and_no_more
        an_item_twice_in_a_transaction_is_an_error
        what_is_read_together_is_of_one_instant
        what_is_not_there_keeps_its_place_among_what_is_read_together
    }
    lists {
        a_list_is_in_its_order_however_it_was_written
        a_list_is_whole_past_a_page
        what_goes_on_leaves_its_list_and_what_goes_away_leaves_all
        the_end_of_a_list_is_read_from_its_end
        a_list_is_read_up_to_an_instant
        the_bookings_of_a_school_are_not_those_of_another
    }
    history {
        a_history_is_in_order_and_whole_past_a_page
        the_values_in_a_history_go_and_its_entries_stay
        a_history_is_erased_only_as_it_was_read_and_while_nobody_holds_it
    }
    outbox {
        a_letter_is_due_until_it_is_sent
        a_letter_that_is_stopped_waits_for_somebody_and_goes_again
        of_those_who_take_a_letter_at_once_one_has_it
    }
    expiry {
        a_session_that_has_had_its_time_is_not_found
        answers_are_there_for_an_hour
        a_sign_in_that_has_begun_is_taken_once_and_in_time
        a_link_is_used_once
    }
    batches {
        more_than_a_hundred_records_are_read_in_the_order_asked_for
        more_than_a_batch_holds_is_read_whole
    }
    going {
        a_record_goes_with_all_that_is_beside_it
        a_record_that_is_held_or_has_changed_stays_whole
        an_item_goes_alone
    }
    search {
        whoever_is_looked_for_is_found_page_by_page_and_nobody_else
    }
    money {
        invoices_that_are_issued_at_once_have_numbers_without_a_gap
        a_fee_is_invoiced_once_until_its_invoice_is_void
        the_ledger_is_in_the_order_of_its_days_and_takes_a_cause_once
    }
    publication {
        a_publication_larger_than_an_item_comes_back
        of_those_who_publish_at_once_one_does
    }
}

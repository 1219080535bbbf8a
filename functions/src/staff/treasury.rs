//! The treasurer's part of the staff area: invoices, fee runs, the bank's
//! statement, charges for places nobody used, money that goes back, and the
//! ledger.

use domain::bank::BankLine;
use domain::invoice::Invoice;
use domain::payment::Payment;
use domain::staff::Role;

use super::desk::Desk;
use super::record;

mod bank;
mod bank_line;
mod by_hand;
mod charges;
mod fee_runs;
mod invoice;
mod invoice_changes;
mod invoices;
mod ledger;
mod payment;
mod places;
mod refunds;
mod statement;

/// Those who see the money.
pub(super) const SEES: &[Role] = &[Role::Treasurer, Role::Director];
/// Those who keep it.
pub(super) const KEEPS: &[Role] = &[Role::Treasurer];

/// The doors of this part.
pub(super) fn doors(desk: Desk) -> Desk {
    let desk = desk
        .page("/staff/invoices", SEES, invoices::list)
        .page("/staff/invoices.csv", SEES, invoices::file)
        .page("/staff/invoices/new", KEEPS, by_hand::page)
        .action("/staff/invoices/new", KEEPS, by_hand::issue)
        .page("/staff/invoices/{reference}", SEES, record::page::<Invoice>)
        .action(
            "/staff/invoices/{reference}/credit",
            KEEPS,
            invoice_changes::credit,
        )
        .action(
            "/staff/invoices/{reference}/void",
            KEEPS,
            invoice_changes::void,
        )
        .action(
            "/staff/invoices/{reference}/reissue",
            KEEPS,
            invoice_changes::reissue,
        )
        .action(
            "/staff/invoices/{reference}/refund",
            KEEPS,
            invoice_changes::refund,
        )
        .action(
            "/staff/invoices/{reference}/give-on",
            KEEPS,
            invoice_changes::give_on,
        );
    desk.page("/staff/fee-runs", SEES, fee_runs::list)
        .page("/staff/fee-runs/{reference}", SEES, fee_runs::page)
        .action(
            "/staff/fee-runs/{reference}/freeze",
            KEEPS,
            fee_runs::freeze,
        )
        .action("/staff/fee-runs/{reference}/issue", KEEPS, fee_runs::issue)
        .action("/staff/fee-runs/{reference}/go-on", KEEPS, fee_runs::go_on)
        .page("/staff/bank", SEES, bank::page)
        .action("/staff/bank", KEEPS, bank::bring_in)
        .page("/staff/bank/{reference}", SEES, record::page::<BankLine>)
        .action("/staff/bank/{reference}/match", KEEPS, bank_line::match_to)
        .action(
            "/staff/bank/{reference}/set-aside",
            KEEPS,
            bank_line::set_aside,
        )
        .action("/staff/bank/{reference}/undo", KEEPS, bank_line::undo)
        .page("/staff/refunds", SEES, refunds::page)
        .page("/staff/charges", SEES, charges::page)
        .action("/staff/charges/invoice", KEEPS, charges::invoice)
        .action("/staff/charges/waive", KEEPS, charges::waive)
        .page("/staff/payments/{reference}", SEES, record::page::<Payment>)
        .action(
            "/staff/payments/{reference}/refund",
            KEEPS,
            payment::give_back,
        )
        .page("/staff/ledger", SEES, ledger::page)
        .page("/staff/ledger.csv", SEES, ledger::entries_file)
        .page("/staff/income.csv", SEES, ledger::income_file)
        .action("/staff/ledger/in-kind", KEEPS, ledger::in_kind)
        .page("/staff/statements/{reference}", SEES, statement::page)
        .action(
            "/staff/statements/{reference}/places",
            KEEPS,
            places::invoice,
        )
}

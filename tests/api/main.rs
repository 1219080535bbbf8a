//! Every route, as a school, a machine or somebody careless calls it.

mod account_contacts;
mod account_let_in;
mod account_notice;
mod account_sign_in;
mod apply;
mod apply_links;
mod apply_status;
mod approval_cut_off;
mod book;
mod daily;
mod decisions;
mod editor_sign_in;
mod eligibility;
mod enquire;
mod fees;
mod manners;
mod members;
mod offers;
mod one_urn;
mod pay;
mod pay_late;
mod staff_applications;
mod staff_decisions;
mod staff_enquiries;
mod staff_paper;
mod staff_sign_in;

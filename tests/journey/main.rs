//! Whole journeys through the real program, in a process of its own.

mod approval;
mod fee_run;
mod first_day;
mod night;
mod reload;
mod rows;
mod secretary;

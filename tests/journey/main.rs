//! Whole journeys through the real program, in a process of its own.

mod first_day;
mod reload;

//! What a form of the staff's asks for: by whom, on the strength of which
//! version of the record, and as which command.

use domain::staff::StaffMember;
use domain::trail::Who;

use crate::secretary::Instruction;
use crate::typed::Typed;

/// The instruction of a member of staff who sends a form; `version` is that of
/// the record that was on the screen. A text that is no version matches none.
pub(super) fn instruct<T>(member: &StaffMember, typed: &Typed<T>, version: &str) -> Instruction {
    Instruction {
        by: Who::Staff(member.id.clone()),
        seen: Some(version.parse().unwrap_or(0)),
        command: Some(typed.command.clone()),
    }
}

//! What the national register knows of a school, put into its application, so
//! that nothing is asked that is known.

use domain::application::Answers;
use domain::calendar::long_date;
use domain::eligibility::is_maintained;
use domain::establishment::Establishment;
use domain::school::Urn;

use crate::site::Published;

/// Fills in what the register knows of a school, in place of what was there of
/// another.
pub fn fill_in(answers: &mut Answers, urn: &Urn, site: &Published) {
    answers.keep("urn", urn.to_string());
    let school = site.publication.school(urn);
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let of = |value: fn(&Establishment) -> &str| text(school.map(value));
    answers.keep("school_name", of(|school| &school.name));
    answers.keep("postcode", of(|school| &school.postcode));
    answers.keep("kind", of(|school| &school.kind_name));
    answers.keep("phase", of(|school| &school.phase));
    answers.keep("trust", of(|school| &school.trust));
    answers.keep("federation", of(|school| &school.federation));
    answers.keep("diocese", of(|school| &school.diocese));
    answers.keep("website", of(|school| &school.website));
    let address = school.map(|school| school.address.join("\n"));
    answers.keep("address", address.unwrap_or_default());
    let number = school.and_then(Establishment::department_number);
    answers.keep("department_number", number.unwrap_or_default());
    let pupils = school.and_then(|school| school.pupils);
    let pupils = pupils.map(|pupils| pupils.to_string()).unwrap_or_default();
    answers.keep("register_pupils", pupils.as_str());
    answers.keep("pupils", pupils.as_str());
    let census = school.and_then(|school| school.census).map(long_date);
    answers.keep("census_on", census.unwrap_or_default());
    let maintained = match school {
        Some(school) if is_maintained(school) => "yes",
        Some(_) => "no",
        None => "",
    };
    answers.keep("maintained", maintained);
}

//! The stock of words that the pages are put together from: what one hears
//! where schools help each other to become better.
//!
//! A sentence is who, what they do, to what, and when or why. The parts are
//! chosen by [`Dice`], so that the same throw gives the same text.

/// Dice that fall the same way for the same seed (xorshift64*).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for one purpose of a corpus: `stream` keeps the purposes apart.
    pub(crate) fn new(seed: u64, stream: u64) -> Dice {
        // Two rounds of splitmix64: neighbouring seeds must not begin alike.
        let mut state = seed;
        for word in [stream, 0x5eed] {
            state = state.wrapping_add(word).wrapping_add(0x9e37_79b9_7f4a_7c15);
            state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            state ^= state >> 31;
        }
        Dice(state.max(1))
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let thrown = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(thrown).expect("31 bits fit") % limit
    }

    /// One of them.
    pub(crate) fn of<T: Copy>(&mut self, stock: &[T]) -> T {
        stock[self.below(stock.len())]
    }

    /// `count` different ones, in the order of the stock.
    pub(crate) fn some<T: Copy>(&mut self, stock: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(stock.len());
        let mut chosen = Vec::with_capacity(left);
        for (index, one) in stock.iter().enumerate() {
            if self.below(stock.len() - index) < left {
                chosen.push(*one);
                left -= 1;
            }
        }
        chosen
    }
}

/// A sentence of about seventeen words.
pub(crate) fn sentence(dice: &mut Dice) -> String {
    let (who, does, what) = (dice.of(WHO), dice.of(DOES), dice.of(WHAT));
    let when = dice.of(WHEN);
    match dice.below(4) {
        0 => format!("{}, {who} {does} {what}.", capital(when)),
        1 => format!("{} {does} **{what}** {when}.", capital(who)),
        2 => format!("{} {does} {what} {when}, {}.", capital(who), dice.of(AND)),
        _ => format!("{} {does} {what} {when}.", capital(who)),
    }
}

/// Several sentences.
pub(crate) fn paragraph(dice: &mut Dice, sentences: usize) -> String {
    let told: Vec<String> = (0..sentences).map(|_| sentence(dice)).collect();
    told.join(" ")
}

/// A line of a list.
pub(crate) fn item(dice: &mut Dice) -> String {
    let (what, when) = (dice.of(WHAT), dice.of(WHEN));
    match dice.below(3) {
        0 => format!("*{}*, {when}", capital(what)),
        _ => format!("{} {when}", capital(what)),
    }
}

/// A title of a page, without what YAML or TOML would read as something else.
pub(crate) fn title(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.of(HOW), dice.of(TOPIC), dice.of(WHERE))
}

/// The text with its first letter a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

const HOW: &[&str] = &[
    "Improving",
    "Leading",
    "Reviewing",
    "Sharing",
    "Planning",
    "Rethinking",
    "Supporting",
    "Sustaining",
    "Understanding",
    "Building",
    "Widening",
    "Strengthening",
    "Renewing",
    "Making sense of",
];

/// What titles speak of, and what posts are filed under.
pub(crate) const TOPIC: &[&str] = &[
    "attendance",
    "assessment",
    "behaviour",
    "bilingual learning",
    "catch-up teaching",
    "coaching",
    "computing",
    "curriculum design",
    "early reading",
    "early years",
    "English",
    "family learning",
    "financial planning",
    "geography",
    "governance",
    "handwriting",
    "history",
    "inclusion",
    "induction",
    "language",
    "leadership",
    "libraries",
    "local history",
    "mathematics",
    "mental health",
    "middle leadership",
    "music",
    "oracy",
    "outdoor learning",
    "peer review",
    "phonics",
    "physical education",
    "play",
    "recruitment",
    "safeguarding",
    "school meals",
    "science",
    "sixth form",
    "transition",
    "writing",
];

const WHERE: &[&str] = &[
    "across a cluster",
    "after inspection",
    "at Key Stage 2",
    "at the end of primary",
    "before Year 7",
    "from Reception to Year 2",
    "in a growing school",
    "in a small school",
    "in mixed classes",
    "in nursery",
    "in the first term",
    "in the summer term",
    "in two languages",
    "on a tight budget",
    "through the arts",
    "together",
    "when staff change",
    "with families",
    "with governors",
    "without more meetings",
];

/// Headings of a page; no page has one of them twice.
pub(crate) const HEADING: &[&str] = &[
    "What we set out to do",
    "Where we began",
    "What changed in classrooms",
    "What leaders did first",
    "How the visits worked",
    "What pupils told us",
    "What the figures show",
    "What it cost in time",
    "Working with families",
    "The part of governors",
    "What we would not do again",
    "How it is kept going",
    "Questions from other schools",
    "The evidence we used",
    "Training and coaching",
    "Who was involved",
];

/// Lesser headings.
pub(crate) const SUBHEADING: &[&str] = &[
    "A week in practice",
    "A word of caution",
    "For new colleagues",
    "For the senior team",
    "The first six weeks",
    "Two examples",
    "What to look for",
    "What to read next",
];

const WHO: &[&str] = &[
    "the head teacher",
    "each subject leader",
    "a visiting colleague",
    "the pair of schools",
    "every governing board",
    "the review team",
    "our early years lead",
    "the attendance officer",
    "a newly qualified teacher",
    "the inclusion team",
    "the cluster",
    "one of the deputies",
    "the school council",
    "an experienced coach",
    "the pastoral team",
    "each class teacher",
    "the finance committee",
    "the local authority’s adviser",
    "a group of parents",
    "the whole staff",
    "the literacy coordinator",
    "the chair of governors",
    "a partner school nearby",
];

const DOES: &[&str] = &[
    "looks closely at",
    "agrees the purpose of",
    "writes a short note on",
    "asks pupils about",
    "compares two years of",
    "sets aside an hour for",
    "shares without varnish",
    "reads the evidence for",
    "visits lessons to understand",
    "keeps a simple record of",
    "changes the order of",
    "talks through with a neighbour",
    "tries out in one year group",
    "returns, with fresh eyes, to",
    "makes time for",
    "learns most from",
    "no longer relies on",
    "puts into plain words",
    "plans with the next phase",
    "measures honestly",
    "brings to the termly meeting",
];

const WHAT: &[&str] = &[
    "the way that reading is taught to the youngest",
    "what a good lesson looks like in this school",
    "the progress of pupils who joined in the middle of the year",
    "a curriculum that begins with the borough’s own history",
    "the questions that teachers ask and the answers they accept",
    "the marking that nobody reads",
    "the first ten minutes of the school day",
    "attendance on Fridays and after holidays",
    "the books that children take home",
    "how new arrivals are welcomed and assessed",
    "the support given to pupils with an education, health and care plan",
    "the handover from nursery to Reception",
    "a shared calendar of training",
    "the cost of supply cover",
    "the vocabulary that pupils need for science",
    "the quality of talk in mathematics",
    "what middle leaders are trusted to decide",
    "the school’s own account of its strengths",
    "the small number of pupils who are often late",
    "the findings of the last peer review",
    "the clubs that run before and after school",
    "displays that help pupils to remember",
    "the reports that go home in July",
    "the workload of those who teach full weeks",
];

const WHEN: &[&str] = &[
    "before the autumn half-term",
    "twice in every term",
    "because small steps last longest",
    "so that no child is overlooked",
    "in a meeting of no more than forty minutes",
    "at the end of each unit of work",
    "with a colleague from another school",
    "when the timetable allows it",
    "since the results of last summer",
    "as the values of the partnership ask",
    "without adding to anybody’s workload",
    "over three visits and a written summary",
    "for the first time in several years",
    "until it has become a habit",
    "rather than waiting for an inspection",
    "and then tells the other schools",
    "in the light of what families have said",
    "on the advice of the review team",
    "as part of the annual plan",
    "while the cost is still modest",
];

const AND: &[&str] = &[
    "and the difference shows within a term",
    "which was not what we had expected",
    "though it asks for patience at first",
    "and pupils notice at once",
    "as other schools have found as well",
    "and governors are kept informed",
    "which is how trust is built",
    "and nothing is done twice",
    "even where staff have changed",
    "and every school can do the same",
];

//! The table of words: what each is in a sentence, looked up once a word.
//!
//! The lists are small on purpose. A word that is not in them has no class, and the checks stay quiet about it.

use std::sync::LazyLock;

/// What a word may be; several at once, for `plan` is a verb and a noun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)*
        }
    };
}

classes! {
    /// A verb as it stands after `to`.
    BASE = 0;
    /// The form of a verb that is neither a noun nor an adjective: `ensure`, not `plan`.
    PURE = 1;
    /// The third person: `holds`.
    THIRD = 2;
    /// The form in `ing`.
    GERUND = 3;
    /// The past participle: `kept`.
    PARTICIPLE = 4;
    /// `is` and `are`.
    IS = 5;
    /// `was` and `were`.
    WAS = 6;
    /// `be`, `been`, `being`.
    BE = 7;
    /// `has`, `have`, `does`, `do`.
    HAVE = 8;
    /// `shall`, `should`, `must`.
    STRONG_MODAL = 9;
    /// `may`, `can`, `will` and their like, some of which are nouns too.
    WEAK_MODAL = 10;
    /// `not`, `no`, `never` and their like, and `without`.
    NEGATION = 11;
    /// `appropriate` and its like.
    VAGUE = 12;
    /// Vague after `as`, `where`, `if` and `when`: `needed`.
    VAGUE_CLAUSE = 13;
    /// `efforts`, `attempts`, `strives`.
    EFFORT = 14;
    /// Begins a clause that depends on another: `that`, `until`.
    SUBORDINATOR = 15;
    /// Those of them that stand for a noun: `who`, `which`.
    RELATIVE = 16;
    /// `of`, `for`, `with`.
    PREPOSITION = 17;
    /// `the`, `each`, `its`.
    DETERMINER = 18;
    /// `and`, `or`, `but`.
    CONJUNCTION = 19;
    /// `it`, `they`.
    PRONOUN = 20;
    /// A verb that names no aim: `manage`.
    EMPTY = 21;
    /// What is done to a process above level 1: `monitored`.
    LEVEL = 22;
    /// More than one, without an `s`: `people`, `data`.
    PLURAL = 23;
    /// May say by which means: `by`, `using`.
    MEANS = 24;
    /// Persons, who may be `using` something without its being a means.
    PEOPLE = 25;
    /// Says nothing of its own subject: left out where texts are compared.
    FUNCTION = 26;
    /// Ends in `ing` and names a thing: `training`.
    NOUN_IN_ING = 27;
    /// An abbreviation whose full stop ends no sentence.
    ABBREVIATION = 28;
    /// A word that ends in `s` or `ed` and is a noun all the same.
    NOUN = 29;
    /// `process` and its plural.
    PROCESS = 30;
}

impl Classes {
    /// No class.
    pub const NONE: Classes = Classes(0);

    /// Whether one of the classes is among them.
    pub const fn any(self, classes: Classes) -> bool {
        self.0 & classes.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, classes: Classes) -> Classes {
        Classes(self.0 | classes.0)
    }
}

/// A word by its first sixteen bytes, in lower case.
pub type Key = u128;

/// Lower case for ASCII letters, without harm to digits and to what joins words.
const LOWER: Key = 0x2020_2020_2020_2020_2020_2020_2020_2020;

/// The key of a word.
pub const fn key(word: &str) -> Key {
    let bytes = word.as_bytes();
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() && at < 16 {
        key |= (bytes[at] as Key) << (8 * at);
        at += 1;
    }
    fold(key, at)
}

/// The key of the first `length` of sixteen bytes.
pub const fn fold(bytes: Key, length: usize) -> Key {
    let mask = if length >= 16 { Key::MAX } else { (1 << (8 * length)) - 1 };
    (bytes | LOWER) & mask
}

/// A number for a key; good enough for tables.
pub const fn hash(key: Key) -> u64 {
    let folded = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = folded.wrapping_mul(0xf135_7aea_2e62_a9c5);
    mixed ^ (mixed >> 32)
}

/// A word of the table.
#[derive(Clone, Copy, Default)]
struct Entry {
    key: Key,
    classes: Classes,
    /// The verb that this is a form of, by its number.
    verb: u16,
}

/// All words, in a table with open addressing.
struct Lexicon {
    entries: Vec<Entry>,
    verbs: Vec<Verb>,
}

/// A verb and the forms that advice needs.
pub struct Verb {
    /// `keep`
    pub base: &'static str,
    /// `kept`
    pub participle: String,
}

/// Far above the number of words, so that a search ends soon.
const SLOTS: usize = 8192;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// What a word is.
pub fn classes(key: Key) -> Classes {
    LEXICON.find(key).map_or(Classes::NONE, |entry| entry.classes)
}

/// The verb that a word is a form of.
pub fn verb(key: Key) -> Option<&'static Verb> {
    let number = LEXICON.find(key)?.verb;
    LEXICON.verbs.get(usize::from(number).checked_sub(1)?)
}

impl Lexicon {
    fn new() -> Lexicon {
        let mut lexicon = Lexicon { entries: vec![Entry::default(); SLOTS], verbs: Vec::with_capacity(700) };
        for (words, classes) in LISTS {
            for word in words.split_ascii_whitespace() {
                lexicon.add(word, *classes, 0);
            }
        }
        for line in IRREGULAR_VERBS.iter() {
            let mut forms = line.split_ascii_whitespace();
            let (Some(base), Some(past)) = (forms.next(), forms.next()) else { continue };
            lexicon.add_verb(base, Some(past), forms.next() == Some("*"));
        }
        for (verbs, is_pure) in [(PURE_VERBS, true), (NOUN_VERBS, false)] {
            for base in verbs.split_ascii_whitespace() {
                lexicon.add_verb(base, None, !is_pure);
            }
        }
        lexicon
    }

    fn find(&self, key: Key) -> Option<&Entry> {
        let mut slot = hash(key) as usize % SLOTS;
        loop {
            let entry = self.entries.get(slot)?;
            if entry.key == key {
                return Some(entry);
            }
            if entry.key == 0 {
                return None;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn add(&mut self, word: &str, classes: Classes, verb: u16) {
        let key = key(word);
        let mut slot = hash(key) as usize % SLOTS;
        // INVARIANT: the table is never full, so a free slot comes.
        while let Some(entry) = self.entries.get_mut(slot) {
            if entry.key == 0 || entry.key == key {
                entry.key = key;
                entry.classes = entry.classes.and(classes);
                if entry.verb == 0 {
                    entry.verb = verb;
                }
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn add_verb(&mut self, base: &'static str, past: Option<&str>, is_noun: bool) {
        let participle = past.map_or_else(|| regular(base, "ed"), str::to_owned);
        let number = u16::try_from(self.verbs.len() + 1).unwrap_or_default();
        let pure = if is_noun { Classes::NONE } else { Classes::PURE };
        self.add(base, Classes::BASE.and(pure), number);
        self.add(&third(base), Classes::THIRD.and(pure), number);
        self.add(&regular(base, "ing"), Classes::GERUND.and(pure), number);
        self.add(&participle, Classes::PARTICIPLE, number);
        // Both spellings of `organize` and of `labelled` are right.
        if let Some(stem) = base.strip_suffix("ize") {
            for (ending, classes) in [
                ("ise", Classes::BASE.and(pure)),
                ("ises", Classes::THIRD.and(pure)),
                ("ising", Classes::GERUND.and(pure)),
                ("ised", Classes::PARTICIPLE),
            ] {
                self.add(&format!("{stem}{ending}"), classes, number);
            }
        }
        if base.ends_with('l') && past.is_none() {
            for double in ["", "l"] {
                self.add(&format!("{base}{double}ed"), Classes::PARTICIPLE, number);
                self.add(&format!("{base}{double}ing"), Classes::GERUND.and(pure), number);
            }
        }
        self.verbs.push(Verb { base, participle });
    }
}

/// `match` → `matches`, `carry` → `carries`.
fn third(base: &str) -> String {
    match base {
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        _ => match base.strip_suffix('y') {
            Some(stem) if !stem.ends_with(VOWELS) => format!("{stem}ies"),
            _ => format!("{base}s"),
        },
    }
}

/// `plan` → `planned`, `carry` → `carried`, `agree` → `agreed`, `agreeing`.
fn regular(base: &str, ending: &str) -> String {
    let is_past = ending == "ed";
    if DOUBLING.binary_search(&base).is_ok() {
        let last = base.chars().next_back().map(String::from).unwrap_or_default();
        return format!("{base}{last}{ending}");
    }
    match (base.strip_suffix('e'), base.strip_suffix('y')) {
        (Some(stem), _) if is_past || !base.ends_with("ee") => match stem.strip_suffix('i') {
            // `lie` → `lying`
            Some(short) if !is_past => format!("{short}ying"),
            _ => format!("{stem}{ending}"),
        },
        (_, Some(stem)) if is_past && !stem.ends_with(VOWELS) => format!("{stem}ied"),
        _ => format!("{base}{ending}"),
    }
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// Words that are no verbs with forms, and further classes of some that are.
const LISTS: &[(&str, Classes)] = &[
    ("is are isn't aren't am", Classes::IS.and(Classes::FUNCTION)),
    ("isn't aren't don't doesn't hasn't haven't", Classes::NEGATION),
    ("was were", Classes::WAS.and(Classes::FUNCTION)),
    ("be been being", Classes::BE.and(Classes::FUNCTION)),
    ("has have do does hasn't haven't don't doesn't", Classes::HAVE.and(Classes::FUNCTION)),
    ("had did", Classes::FUNCTION),
    ("shall should must", Classes::STRONG_MODAL.and(Classes::FUNCTION)),
    ("may can will might could would cannot can't won't couldn't", Classes::WEAK_MODAL.and(Classes::FUNCTION)),
    ("not no never none nobody nothing neither without", Classes::NEGATION.and(Classes::FUNCTION)),
    (
        "appropriate appropriately adequate adequately relevant effective effectively timely suitable suitably \
         reasonable reasonably efficient efficiently satisfactory properly proper sufficiently",
        Classes::VAGUE,
    ),
    ("needed necessary applicable possible practicable feasible desired", Classes::VAGUE_CLAUSE),
    (
        "effort efforts attempt attempts attempted attempting strive strives striving endeavor endeavors endeavour \
         endeavours tries attention care ongoing underway being progress",
        Classes::EFFORT,
    ),
    ("who which whom what whose that", Classes::RELATIVE.and(Classes::SUBORDINATOR).and(Classes::FUNCTION)),
    (
        "where when how why whether if unless until because since before after although though once wherever whenever \
         whoever whatever",
        Classes::SUBORDINATOR.and(Classes::FUNCTION),
    ),
    (
        "of for with in on at by from to into onto over under through via within without between among against about \
         during upon toward towards across per like than as after before until beyond behind along around regarding \
         concerning including",
        Classes::PREPOSITION.and(Classes::FUNCTION),
    ),
    (
        "the a an each every all any some both either its their his her our your my this these those no another such \
         other others own same more most few several many one two three",
        Classes::DETERMINER.and(Classes::FUNCTION),
    ),
    ("and or but nor", Classes::CONJUNCTION.and(Classes::FUNCTION)),
    ("it they them itself themselves he she we you who everyone anyone", Classes::PRONOUN.and(Classes::FUNCTION)),
    (
        "there here also only just so up out off away back then well very too yet still even not while whereas thus \
         e.g i.e etc",
        Classes::FUNCTION,
    ),
    ("manage handle perform execute conduct do", Classes::EMPTY),
    (
        "planned monitored adjusted tailored deployed measured controlled optimized optimised innovated standardized \
         standardised",
        Classes::LEVEL,
    ),
    (
        "people personnel staff persons media data criteria police men women children others both management they we \
         you everybody",
        Classes::PLURAL,
    ),
    ("by using via through", Classes::MEANS),
    (
        "people persons personnel staff users user those anyone everyone anybody everybody organizations organisations \
         parties customers employees visitors operators teams processes services systems",
        Classes::PEOPLE,
    ),
    (
        "training planning testing monitoring engineering accounting purchasing marketing manufacturing logging \
         programming licensing billing hiring onboarding outsourcing processing recruiting building housing tailoring \
         scheduling reporting auditing meeting hearing understanding operating wiring cabling lighting heating \
         cleaning learning banking funding pricing modelling modeling screening sourcing staffing publishing sampling \
         scoping tracking mapping shipping trading warehousing nursing gardening cooking printing catering mentoring \
         coaching bookkeeping budgeting networking hosting measuring rating ratings findings finding offering \
         everything anything something nothing during morning evening string ring spring king thing things being \
         according regarding concerning including following pending existing outstanding supporting enabling \
         underlying incoming outgoing upcoming remaining corresponding",
        Classes::NOUN_IN_ING,
    ),
    ("e.g i.e etc vs cf approx incl resp no nr ca fig viz dr mr ms st inc ltd co corp vol ed", Classes::ABBREVIATION),
    (
        "process basis analysis axis business access status progress series species news means diagnosis crisis \
         emphasis synthesis hypothesis thesis campus census virus bonus gas bus address loss class success awareness \
         witness less across always perhaps besides afterwards towards premises headquarters logistics economics \
         physics ethics statistics analytics politics terms goods its this thus as various previous",
        Classes::NOUN,
    ),
    (
        "need seed speed feed deed breed weed shed bed red hundred kindred indeed embed exceed proceed succeed freed \
         unneeded feed heed steed",
        Classes::NOUN,
    ),
    ("process processes procedure procedures", Classes::PROCESS),
];

/// Base form, past participle, and a star where the base is a noun or an adjective too.
const IRREGULAR_VERBS: &[&str] = &[
    "arise arisen",
    "bear borne *",
    "become become",
    "begin begun",
    "bind bound *",
    "break broken *",
    "bring brought",
    "build built *",
    "buy bought *",
    "catch caught *",
    "choose chosen",
    "come come",
    "cut cut *",
    "deal dealt *",
    "draw drawn *",
    "drive driven *",
    "fall fallen *",
    "feel felt *",
    "fight fought *",
    "find found *",
    "foresee foreseen",
    "forget forgotten",
    "get got",
    "give given",
    "go gone *",
    "grow grown",
    "hold held *",
    "keep kept",
    "know known",
    "lay laid",
    "lead led *",
    "learn learned *",
    "leave left *",
    "lend lent",
    "let let",
    "lose lost",
    "make made",
    "mean meant *",
    "meet met",
    "oversee overseen",
    "overcome overcome",
    "pay paid *",
    "prove proven",
    "put put",
    "read read *",
    "rewrite rewritten *",
    "rise risen *",
    "run run *",
    "say said",
    "see seen",
    "seek sought",
    "sell sold",
    "send sent",
    "set set *",
    "show shown *",
    "shut shut *",
    "speak spoken",
    "spend spent *",
    "stand stood *",
    "take taken *",
    "teach taught",
    "tell told",
    "think thought",
    "throw thrown *",
    "understand understood",
    "undertake undertaken",
    "uphold upheld",
    "withdraw withdrawn",
    "withhold withheld",
    "withstand withstood",
    "write written",
    "reset reset *",
    "rebuild rebuilt *",
    "sit sat",
    "win won *",
    "wear worn *",
    "stick stuck *",
    "split split *",
    "spread spread *",
    "quit quit *",
    "hit hit *",
    "cost cost *",
    "cast cast *",
    "broadcast broadcast *",
    "swear sworn",
    "undo undone",
    "redo redone",
    "outlast outlasted",
    "forbid forbidden",
    "hear heard",
    "lie lain *",
    "light lit *",
    "ride ridden *",
    "sleep slept *",
    "swim swum *",
];

/// Verbs that are neither nouns nor adjectives.
const PURE_VERBS: &str = "accept accommodate accompany accomplish accumulate achieve acknowledge acquire activate adapt add adhere \
    adjust administer admit adopt advise affect agree align allocate allow alter amend analyse analyze announce \
    anticipate appear apply appoint appraise approve arrange ascertain ask assemble assert assess assign assist \
    assume assure attach attain authenticate authorize avoid belong calculate calibrate cancel carry categorize \
    cease certify characterize circulate clarify classify collaborate collect combine communicate compare \
    compensate compete compile comply compose comprise conceive conclude configure confirm conform connect \
    consider consign consist consolidate constitute constrain construct consult consume contain continue \
    contribute convene convert convey convince cooperate coordinate correlate correspond create cultivate curate \
    customize deactivate decide declare decommission decompose decrypt dedicate deem defend define delete deliver \
    demonstrate deny depend depict deploy deprive derive describe destroy detect deteriorate determine develop \
    diagnose differ diminish disable disclose disconnect discover discuss dismiss dispose disseminate dissolve \
    distinguish distribute divide earn educate elicit eliminate embed emerge emphasize employ enable enact enclose \
    encompass encourage encrypt endorse enforce engage enhance enlarge enlist enrich enroll ensure enter entitle \
    enumerate envisage equip eradicate erase escalate establish evaluate evolve examine exceed execute exist \
    expand expect expedite expire explain explore expose extend facilitate fail familiarise familiarize finalize \
    follow formalize formulate foster fulfil fulfill gather generate govern happen harden harmonize identify \
    illustrate implement imply impose improve include incorporate indicate infer inflict inform ingest inherit \
    inhibit initialize initiate insert insist inspect install instantiate instruct insure integrate intend \
    interact interpret intervene introduce invest investigate invite invoke involve isolate jeopardize join \
    justify liaise liberate locate maintain manage maximize mediate mend merge minimize mitigate mobilize motivate \
    neglect negotiate nominate notify obey oblige observe obtain occur onboard operate optimize orchestrate \
    organize originate outsource outweigh participate perceive perform persist personalize persuade pertain \
    pinpoint ponder populate possess postpone precede preclude predict prefer prepare prescribe preserve presume \
    prevail prevent prioritize proceed procure produce prohibit prolong promote propagate propose protect provide \
    publish pursue qualify quantify quarantine ratify react realize reappoint rearrange reassess reassign receive \
    reclassify recognize recommend reconcile reconfigure reconsider recover rectify recur recycle redeem redesign \
    redirect reduce refer refine reflect refrain refresh regain reinforce relate relieve rely remain remember \
    remind remove render renew reopen repel replace replenish reproduce require resemble reside resist resolve \
    respond restore restrict restructure retain retire retrain retrieve reveal revise revoke rotate sanitize \
    satisfy scrutinize seize select serve settle sever shorten shred simplify simulate situate solicit solve \
    specify stabilize standardize stimulate stipulate streamline strengthen submit subscribe substantiate suffice \
    suggest summarize summon supervise suppress surpass surround suspend sustain synchronize synthesize terminate \
    thank tighten tolerate transform translate transmit transpose treat troubleshoot underpin unify unite unlock \
    utilize validate vary verify violate visualize warn weaken weigh widen wipe";

/// Verbs that are nouns or adjectives too.
const NOUN_VERBS: &str = "abandon abuse access account act address advance aim alert answer appeal approach approximate archive \
    associate attack attempt attribute audit award back backup balance ban base batch benchmark benefit bill block \
    board bond boost brief broker budget bundle call capture care cause center centre challenge change channel \
    charge chart check claim clean clear close coach code command comment commission commit complement complete \
    compound compromise concern condition conduct consent contact contest contract control copy correct count \
    counter cover craft credit cross damage date debate debug decline decrease default delay delegate demand \
    deposit design desire detail deviate direct discharge dispatch dispute document double doubt download draft \
    drill drop duplicate effect elect empty end engineer equal escort estimate exchange excuse exempt exercise \
    exhibit experience experiment exploit export express extract face factor fault favor favour fear feature field \
    file fill filter finance fine finish fit fix flag flow focus force forecast form format forward frame free \
    function fund gain grade grant group guarantee guard guide hand handle harm head help hire host house image \
    impact import increase index influence input institute interest interface interview inventory issue journal \
    judge label land last launch level lift limit link list live load lock log look map mark market master match \
    matter measure mention model monitor move name need network note notice object offer office open order outline \
    output own pack pair panel parallel park part pass patrol pattern perfect permit phase pilot place plan plant \
    play plot point pool position post practice practise present press price print probe process profile profit \
    program programme progress project prompt proof purchase purpose push query question queue race raise rank \
    rate reach reason rebut recall record recruit refuse register regret reject release remark remedy rent repair \
    repeat reply report request research reserve respect result resume retreat return reuse reverse review reward \
    risk roll root round route rule safeguard sample sanction save scale scan schedule scope score screen seal \
    search season secure segment sense separate sequence service shape share shelter shift ship sign signal \
    silence size sort sound source staff stage start state station stay step stock stop store stress structure \
    study subject suit sum supply support surface survey suspect swap switch sync table tag tailor talk target \
    task tax team tender term test tie time title tool total touch trace track trade train transfer transport \
    travel trend trial trigger trust try tune turn type update upgrade use value view visit voice volunteer vote \
    wait walk want ward waste watch weight welcome wish work worry wrap yield zone";

/// Verbs whose last letter is doubled before an ending, in order.
const DOUBLING: &[&str] = &[
    "admit", "ban", "begin", "commit", "control", "cut", "debug", "drop", "embed", "enroll", "equip", "fit", "forbid",
    "format", "get", "hit", "infer", "let", "log", "map", "occur", "patrol", "permit", "plan", "plot", "plug",
    "prefer", "program", "put", "quit", "rebut", "recur", "refer", "regret", "reset", "run", "scan", "set", "ship",
    "shut", "sit", "split", "step", "stop", "submit", "swap", "tag", "transfer", "trim", "win", "wrap",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        assert_eq!(third("match"), "matches");
        assert_eq!(third("carry"), "carries");
        assert_eq!(third("stay"), "stays");
        assert_eq!(regular("plan", "ed"), "planned");
        assert_eq!(regular("identify", "ed"), "identified");
        assert_eq!(regular("agree", "ed"), "agreed");
        assert_eq!(regular("agree", "ing"), "agreeing");
        assert_eq!(regular("store", "ing"), "storing");
        assert_eq!(regular("die", "ing"), "dying");
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert!(classes(key("Kept")).any(Classes::PARTICIPLE));
        assert!(classes(key("organising")).any(Classes::GERUND));
        assert!(classes(key("labelled")).any(Classes::PARTICIPLE));
        assert!(!classes(key("plan")).any(Classes::PURE));
        assert_eq!(classes(key("zebra")), Classes::NONE);
        assert_eq!(verb(key("kept")).map(|verb| verb.base), Some("keep"));
        assert!(verb(key("zebra")).is_none());
    }

    #[test]
    fn doubling_verbs_are_in_order() {
        assert!(DOUBLING.is_sorted());
    }

    #[test]
    fn the_table_has_room() {
        let used = LEXICON.entries.iter().filter(|entry| entry.key != 0).count();
        assert!(used * 3 < SLOTS * 2, "{used} of {SLOTS}");
    }
}

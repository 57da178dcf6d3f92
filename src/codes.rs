//! The register of diagnostics: code, name, severity, one-line summary and explain page in one row.
//!
//! A retired code keeps its row and its number is never used again.

use crate::diagnostic::{Code, Severity};

use Severity::{Error, Hint, Off, Warning};

macro_rules! register {
    ($($constant:ident $code:literal $name:literal $severity:ident $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub const $constant: Code = Code {
                code: $code,
                name: $name,
                severity: $severity,
                summary: $summary,
                page: include_str!(concat!("explain/", $code, ".md")),
            };
        )*
        /// Every code, in order.
        pub const ALL: &[&Code] = &[$(&$constant),*];
    };
}

register! {
    // P0xx: syntax and files
    NOT_A_STATEMENT "P001" "not-a-statement" Error "a line that does not begin with a word";
    MALFORMED_STATEMENT "P002" "malformed-statement" Error "a statement that lacks a part, or has one too many";
    UNCLOSED_BLOCK "P003" "unclosed-block" Error "an opening brace without its closing brace";
    STRAY_BRACE "P004" "stray-brace" Error "a closing brace that closes nothing";
    UNCLOSED_TEXT "P005" "unclosed-text" Error "a text without its closing quote";
    UNCLOSED_COMMENT "P006" "unclosed-comment" Error "a comment without its end";
    UNKNOWN_ESCAPE "P007" "unknown-escape" Error "a backslash in a text before a character that it cannot escape";
    CONTROL_CHARACTER "P008" "control-character" Error "an invisible control character in the source";
    MALFORMED_ID "P009" "malformed-id" Error "an id with an empty segment or a character that ids cannot have";
    EMPTY_TITLE "P010" "empty-title" Error "a title without a letter";
    REPEATED_CLAUSE "P011" "repeated-clause" Error "the same clause twice in one statement";
    MISSING_REASON "P012" "missing-reason" Error "a statement that needs its reason and has none";
    MISSING_RELATION "P013" "missing-relation" Error "a line of a crosswalk that does not say how its two sides relate";
    DEEP_NESTING "P014" "deep-nesting" Error "blocks nested too deeply";
    MALFORMED_NUMBER "P015" "malformed-number" Error "a number was expected";
    MALFORMED_MANIFEST "P020" "malformed-manifest" Error "`prm.toml` is not TOML, or lacks a part";
    UNKNOWN_MANIFEST_KEY "P021" "unknown-manifest-key" Error "a key of `prm.toml` that means nothing";
    MISSING_DEPENDENCY "P022" "missing-dependency" Error "a dependency whose folder holds no package";
    MALFORMED_LOCK "P023" "malformed-lock" Error "a `prm.lock` that cannot be read, or does not fit together";
    MISPLACED_OUTPUT "P024" "misplaced-output" Error "an output that leads out of the package, hits a file of it, or another output";

    // P1xx: names and references
    UNKNOWN_PACKAGE "P101" "unknown-package" Error "`use` of a package that is not there";
    UNKNOWN_STATEMENT "P102" "unknown-statement" Error "a line whose first word begins no statement";
    MISPLACED_STATEMENT "P103" "misplaced-statement" Error "a statement in a block where it cannot stand";
    UNKNOWN_REQUIREMENT "P104" "unknown-requirement" Error "a reference to a requirement that no visible catalog has";
    AMBIGUOUS_REQUIREMENT "P105" "ambiguous-requirement" Error "a reference that several visible catalogs could mean";
    UNKNOWN_CATALOG "P106" "unknown-catalog" Error "a catalog that the package does not see";
    UNKNOWN_OUTCOME "P107" "unknown-outcome" Error "a reference to an outcome that is not there";
    UNKNOWN_ITEM "P108" "unknown-item" Error "a reference to an information item that is not there";
    UNKNOWN_PROCESS "P109" "unknown-process" Error "a relation to a process that is not there";
    UNKNOWN_GROUP "P110" "unknown-group" Error "`in` names a group that is not there";
    UNKNOWN_FRAMEWORK "P111" "unknown-framework" Error "`measured by` names a framework that the package does not see";
    UNKNOWN_CROSSWALK "P112" "unknown-crosswalk" Error "`through` names a crosswalk that the package does not see";
    UNKNOWN_TEXT_REFERENCE "P113" "unknown-text-reference" Error "a reference in a text that finds nothing";
    AMBIGUOUS_TEXT_REFERENCE "P114" "ambiguous-text-reference" Error "a reference in a text that finds several things";
    CYCLE "P115" "cycle" Error "packages that use, or models that extend, each other in a circle";
    UNKNOWN_CHECK "P116" "unknown-check" Error "`allow` or `[lints]` names a check that does not exist";
    PROTECTED_CHECK "P117" "protected-check" Error "`allow` or `[lints]` names an error that cannot be allowed";
    PACKAGE_NAME_MISMATCH "P118" "package-name-mismatch" Error "a dependency whose key is not the package's name";
    UNKNOWN_BASE "P119" "unknown-base" Error "`extends` names a model that the package does not see";
    UNKNOWN_ELEMENT "P120" "unknown-element" Error "a layer changes something that its bases do not have";
    UNKNOWN_ACHIEVEMENT "P121" "unknown-achievement" Error "a generic practice achieves something that its attribute does not have";
    UNKNOWN_KIND "P122" "unknown-kind" Error "`field … on` names no kind of element";
    WRONG_KIND "P123" "wrong-kind" Error "a reference to something of another kind than is meant here";

    // P2xx: structure
    DUPLICATE_ID "P201" "duplicate-id" Error "two elements with one id";
    SIMILAR_ID "P202" "similar-id" Error "ids that differ only in case or in leading zeros";
    REPEATED_STATEMENT "P203" "repeated-statement" Error "a statement twice in a block that takes it once";
    SECOND_MODEL "P204" "second-model" Error "a package with two models";
    GROUP_CONTRADICTION "P205" "group-contradiction" Error "`in` names another group than the one that the process stands in";
    LIVING_FORMER_ID "P206" "living-former-id" Error "a former id that an element still has";
    RESERVED_FIELD "P207" "reserved-field" Error "a field with the name of a statement or a clause word";
    OWN_ELEMENT "P208" "own-element" Error "a layer statement about an element of its own package";
    CONFLICTING_LAYERS "P209" "conflicting-layers" Error "two bases that change one thing differently";
    RESTATED_TEXT "P210" "restated-text" Error "a purpose or context stated beside the base's without `replace`";
    LEVEL_GAP "P211" "level-gap" Error "capability levels that do not count up from 0 without a gap";
    ATTRIBUTE_LEVEL "P212" "attribute-level" Error "a process attribute whose id does not begin with its level, or that stands on level 0";
    ACHIEVEMENT_ORDER "P213" "achievement-order" Error "achievements that are not lettered or numbered in order";
    RATING_BAND "P214" "rating-band" Error "ratings that overlap, or leave a gap between 0 and 100 percent";
    UNPRACTISED_ACHIEVEMENT "P215" "unpractised-achievement" Error "an achievement of a framework without a generic practice";
    UNCLEAR_ALIAS "P216" "unclear-alias" Error "an alias for two packages, or one that is the id of a catalog of another package";

    // P3xx: coverage
    UNCOVERED_REQUIREMENT "P301" "uncovered-requirement" Error "a requirement that no outcome meets";
    PARTIAL_REQUIREMENT "P302" "partial-requirement" Warning "a requirement that is met only in part";
    COARSE_LINK "P303" "coarse-link" Warning "a link to a whole where its parts could be named";
    UNLINKED_OUTCOME "P304" "unlinked-outcome" Warning "an outcome that satisfies nothing";
    EXCLUDED_REQUIREMENT "P305" "excluded-requirement" Error "an exclusion of something that cannot be excluded";
    SOLE_OUTCOME "P306" "sole-outcome" Off "a requirement that hangs on one outcome alone";
    EMPTY_STATEMENT "P307" "empty-statement" Warning "a statement of applicability without a row";

    // P4xx: how processes are described (after ISO/IEC/IEEE 24774; limits and word lists are our own)
    TITLE_IS_ID "P401" "title-is-id" Warning "a title that only repeats the id";
    VERB_IN_TITLE "P402" "verb-in-title" Warning "a process title that begins with a verb";
    LONG_TITLE "P403" "long-title" Warning "a process title of more than six words";
    PROCESS_IN_TITLE "P404" "process-in-title" Warning "a process title that ends in `process` or `procedure`";
    UNEVEN_TITLE_CASE "P405" "uneven-title-case" Hint "a title capitalized unlike its siblings";
    PURPOSE_OPENING "P411" "purpose-opening" Warning "a purpose that does not open in the usual way";
    PURPOSE_OF_ANOTHER "P412" "purpose-of-another" Warning "a purpose that names another title than the process has";
    PURPOSE_IN_SENTENCES "P413" "purpose-in-sentences" Warning "a purpose of more than one sentence";
    TWO_GOALS "P414" "two-goals" Warning "a purpose with more than one goal";
    MEANS_IN_PURPOSE "P415" "means-in-purpose" Warning "a purpose that says how instead of why";
    PURPOSE_LISTS_OUTCOMES "P416" "purpose-lists-outcomes" Hint "a purpose that lists the outcomes";
    LONG_PURPOSE "P417" "long-purpose" Warning "a purpose of more than 35 words";
    MODAL_IN_PURPOSE "P418" "modal-in-purpose" Warning "a requirement word in a purpose";
    EMPTY_GOAL "P419" "empty-goal" Hint "a purpose whose goal is an empty verb";
    OUTCOME_NOT_A_STATEMENT "P421" "outcome-not-a-statement" Warning "an outcome that is no sentence in the present tense";
    OUTCOME_IS_ACTIVITY "P422" "outcome-is-activity" Warning "an outcome that tells of effort instead of a result";
    TWO_RESULTS "P423" "two-results" Warning "an outcome with two results";
    JOINED_VERBS "P424" "joined-verbs" Hint "an outcome that joins verbs of one subject";
    NUMBER_OF_OUTCOMES "P425" "number-of-outcomes" Warning "a process with unusually few or many outcomes";
    LONG_OUTCOME "P426" "long-outcome" Warning "an outcome of more than 30 words";
    NEGATIVE_OUTCOME "P427" "negative-outcome" Warning "an outcome that says what is not";
    MODAL_IN_OUTCOME "P428" "modal-in-outcome" Warning "a requirement word in an outcome";
    INSTRUCTION_IN_OUTCOME "P429" "instruction-in-outcome" Warning "an outcome that instructs instead of stating a result";
    MEANS_IN_OUTCOME "P430" "means-in-outcome" Warning "an outcome that names its means";
    ABOVE_BASIC_LEVEL "P431" "above-basic-level" Warning "an outcome about managing the process itself";
    OUTCOME_ELSEWHERE "P432" "outcome-elsewhere" Warning "an outcome whose subject is another process";
    OUTCOME_REPEATS_PURPOSE "P433" "outcome-repeats-purpose" Warning "an outcome that says the purpose again";
    REPEATED_OUTCOME "P434" "repeated-outcome" Warning "an outcome text that occurs twice";
    OUTCOME_ORDER "P435" "outcome-order" Warning "outcomes that are not numbered 1, 2, 3 in order";
    VAGUE_OUTCOME "P436" "vague-outcome" Hint "an outcome with a vague measure";
    UNEVEN_FULL_STOPS "P437" "uneven-full-stops" Hint "outcomes of one process with and without a full stop";
    PRACTICE_NOT_IMPERATIVE "P441" "practice-not-imperative" Warning "a practice that does not begin with a verb in the imperative";
    PRACTICE_COPIES_OUTCOME "P442" "practice-copies-outcome" Warning "a practice that only copies an outcome";
    UNCLEAR_FORCE "P443" "unclear-force" Warning "a practice whose force is expressed by another word than shall, should or may";
    REQUIREMENT_IN_NOTE "P451" "requirement-in-note" Warning "a note that states a requirement";
    SENTENCE_AS_ITEM "P452" "sentence-as-item" Warning "an information item whose title is a sentence";
    UNPRODUCED_ITEM "P453" "unproduced-item" Warning "an information item that is consumed and that nothing produces";

    // P5xx: what a reference model states (ISO/IEC 33004, clause 5)
    MISSING_DOMAIN "P501" "missing-domain" Warning "a model that does not say for which domain it is made";
    MISSING_CONTEXT "P502" "missing-context" Warning "a model that does not say in which context it is used";
    MISSING_COMMUNITY "P503" "missing-community" Warning "a model that does not name its community of interest";
    MISSING_CONSENSUS "P504" "missing-consensus" Warning "a model that does not say how far consensus was sought";
    MISSING_ARCHITECTURE "P505" "missing-architecture" Warning "a model that does not say how its processes relate";
    UNRELATED_PROCESS "P506" "unrelated-process" Hint "a process without a relation among processes that have them";
    MISSING_PURPOSE "P507" "missing-purpose" Error "a process without a purpose";
    MISSING_OUTCOMES "P508" "missing-outcomes" Error "a process without an outcome";
    REPEATED_TITLE "P509" "repeated-title" Warning "two processes with one title";
    REPEATED_PURPOSE "P510" "repeated-purpose" Warning "two processes with one purpose";
    UNMET_PURPOSE "P511" "unmet-purpose" Hint "a purpose of whose words no outcome takes up one";
    MISSING_FIELD "P512" "missing-field" Error "an element without a field that is required";
    UNSTATED_CONFORMITY "P513" "unstated-conformity" Warning "a requirement on reference models that the model does not speak to";

    // P6xx: assessment models (ISO/IEC 33004, clause 6)
    UNACHIEVED_OUTCOME "P601" "unachieved-outcome" Warning "an outcome that no practice of its process achieves";
    IDLE_PRACTICE "P602" "idle-practice" Warning "a practice that achieves nothing";
    FOREIGN_OUTCOME "P603" "foreign-outcome" Error "a practice that achieves an outcome of another process";
    UNUSED_ITEM "P604" "unused-item" Warning "an information item that nothing produces or consumes";
    MISSING_FRAMEWORK "P605" "missing-framework" Warning "an assessment model without a measurement framework";

    // P7xx: layers and crosswalks
    LINE_TO_HEADING "P701" "line-to-heading" Warning "a line of a crosswalk to a clause, which requires nothing itself";
    LOST_COVERAGE "P702" "lost-coverage" Warning "a requirement that is no longer covered because a layer changed an outcome";
    REPLACED_PARTNER "P703" "replaced-partner" Warning "a joint set of which a layer replaced a member";
    DROPPED_REFERENCE "P704" "dropped-reference" Warning "a reference of a base to an element that a layer left out";
    DROPPED_SOURCE "P705" "dropped-source" Warning "a requirement that a crosswalk neither carries over nor withdraws";
    UNREACHED_TARGET "P706" "unreached-target" Warning "a requirement that a crosswalk neither reaches nor calls new";
    CONTRADICTING_LINES "P707" "contradicting-lines" Warning "lines of crosswalks that cannot both hold";
    REPEATED_EQUALS "P708" "repeated-equals" Warning "a requirement that two lines of a crosswalk declare equal to different things";
    SUSPECT_LINK "P720" "suspect-link" Warning "a link whose texts have changed since it was judged";
    UNJUDGED_LINK "P721" "unjudged-link" Off "a link that nobody has judged, in a package that keeps judgements";
}

/// The code with this code (`P301`) or name (`uncovered-requirement`).
pub fn find(code_or_name: &str) -> Option<&'static Code> {
    ALL.iter().find(|row| row.code == code_or_name || row.name == code_or_name).copied()
}

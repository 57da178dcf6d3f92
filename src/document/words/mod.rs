//! The words of documents that are ours and not an author's: one table a language, each a file of its own; the
//! names of statements, checks and clauses stand beside it.
//!
//! A language is added as a file beside the others, and as a row of [`ALL`]: a word that it lacks is no Rust, and the
//! tests find those that are empty, have other holes than the English ones, or were never translated.

/// A table of words: those that are said in one way, those that are counted, and what else it holds.
macro_rules! words {
    (
        $(#[$about:meta])* $Table:ident:
        words $($word:ident),* ; counted $($counted:ident),* ;
        $($(#[$doc:meta])* $more:ident: $Type:ty,)*
    ) => {
        $(#[$about])*
        #[derive(Debug)]
        #[allow(missing_docs, reason = "a word is told by its English one")]
        pub struct $Table {
            $(pub $word: &'static str,)*
            $(pub $counted: $crate::document::words::Counted,)*
            $($(#[$doc])* pub $more: $Type,)*
        }

        #[cfg(test)]
        impl $Table {
            /// Every word by its name.
            pub(in crate::document::words) fn all(&self) -> Vec<(&'static str, &'static str)> {
                let words = vec![$((stringify!($word), self.$word)),*];
                let counted: &[(&'static str, $crate::document::words::Counted)] = &[$((stringify!($counted), self.$counted)),*];
                let counted = counted.iter().flat_map(|(name, forms)| forms.map(|form| (*name, form)));
                words.into_iter().chain(counted).collect()
            }
        }
    };
}

mod comments;
mod de;
mod de_names;
mod differences;
mod drawings;
mod en;
mod fr;
mod fr_names;
mod pages;

use super::inline::Inline;
pub use comments::Comments;
pub use differences::Differences;
pub use drawings::Drawings;
pub use en::EN;
pub use pages::Pages;

/// Every language that documents can speak.
pub static ALL: [&Words; 3] = [&EN, &de::DE, &fr::FR];

/// What is said of none, of one and of several; the number stands at `{0}`.
pub type Counted = [&'static str; 3];

words! {
    /// The words of documents in one language. Where a text goes into one of them, it has a hole: `{0}`.
    Words:
    words
    // Labels, and what stands between words.
    table, figure, annex, normative, informative, told, term_source, source_is, edition_is, document, title, role,
    draft, contents, about_document, note, note_to, entry_note, entry_note_to, of, quoted, colon, and, or, together,
    yes, no,
    // What models, catalogs and frameworks are called.
    after, after_independent, edition_lower, version_lower, with_edition, notice_of, the_model, the_catalog,
    the_framework, the_crosswalk, not_there, annex_of, field_on,
    // The front of a document.
    model, edition, source, version, extends, domain, community, consensus, says_of_itself, told_says_of_itself,
    in_words_of, foreword, introduction, scope, scope_lead, scope_lead_domain, words_of, references, no_references,
    references_lead, role_covered, role_referred, role_normative, measurement_framework, terms, no_terms,
    terms_lead, bibliography,
    // The overview.
    overview_model, general, has_processes, has_processes_in_groups, process_map, no_processes, told_map,
    map_caption, told_processes_figure, processes_figure, told_standards_figure, standards_figure, drawn_extends,
    drawn_covers, drawn_measured, drawn_conforms, group, process_id, name, group_titled, no_process_in_group, groups_within, processes_in,
    part_of_group, formerly_is, relations, told_relations, process, relation, which_way, supports, informs, follows,
    // What layers did.
    left_out_of_base, left_out_caption, told_left_out, element, left_out_by, where_head, reason, omission_of,
    replaced, replaced_by, changed, changed_by, did_by, did_in, did_add, did_extend, did_replace, did_omit,
    did_state, provenance_is, the_process, the_purpose, the_context, the_item, the_group, the_outcome, the_practice,
    // Descriptions of processes.
    descriptions, descriptions_lead, told_process, process_caption, purpose, context, outcomes, traceability,
    evidence, formerly, provenance, stated_by, changed_by_layers, reference_model, jointly_see, in_part,
    // Information items.
    items, id, kind, look_for, said_besides, items_caption, told_items,
    // Annex A.
    annex_a, covers_nothing, annex_a_lead, drops, dropped_of, covered_of, exclusion_of, crosswalk, from, to,
    crosswalks_caption, told_crosswalks, clause_by_clause, only_clauses, outside_clauses, requirements_caption,
    told_requirements, requirement, asks_for, status, summary, covered, partial, excluded, uncovered, none,
    none_lower, in_part_only, excluded_mark, all_parts_excluded, reason_is, excluded_by, excluded_at, with,
    in_part_by, by_its_parts, through,
    // From processes to requirements.
    back, back_nothing, back_lead, in_full_head, together_head, in_part_head, back_caption, told_back, matrix,
    matrix_lead, part, matrix_caption, told_matrix,
    // Findings and judgements, for those who still work on a model.
    findings, findings_nothing, findings_caption, told_findings, code, severity, error, warning, hint, found,
    judged_claims, judged_here, judged_there, judged_changed, judged_at_once, judged_at_once_for,
    // Statements of conformity.
    conformity, conformity_lead_5, conformity_lead_6, conformity_checks, clause, shown_of_it, conformity_caption,
    told_conformity, check, check_finds, checks_caption, told_checks, below_title, this_annex, overview,
    by_construction, not_met, authors_statement, statement_of_base, on_its_own, of_statement, by_word_lists,
    by_check, not_looked_at, found_open, found_set_aside, switched_off, nothing_to_look_at, no_findings, not_stated,
    stated_by_author, stated_by_base, further_caption, told_further, statement, idle_language, idle_covers_nothing,
    idle_asks_nothing, idle_no_process, idle_one_process, idle_no_practice, idle_no_item, asks_domain, asks_context,
    asks_relations, shows_few_processes, shows_groups_alone, shows_relations, lacks_relations, asks_descriptions,
    shows_descriptions, asks_community, asks_consensus, asks_identification, shows_identification, asks_unique,
    asks_elements, asks_sufficient, asks_basic_level, asks_outcome_kind, asks_verified, asks_quality_and_domain,
    asks_processes, asks_quality, asks_quality_relation, shows_quality_relation, asks_framework, shows_framework,
    asks_editions, shows_editions, lacks_editions, asks_correspondence, shows_correspondence,
    shows_correspondence_after, declared_quality, declared_framework, declared_model, declared_processes,
    declared_attributes, scope_row, scope_row_levels, asks_performance, asks_capability, asks_ties, lacks_ties,
    asks_results, shows_results, lacks_framework, lacks_domain, shows_domain, process_dimension,
    capability_dimension,
    // Assessment models.
    pam, pam_titled, pam_of, pam_notice, prm, pam_scope, pam_scope_bare, no_framework, no_framework_named,
    row_quality, row_framework, row_model, row_models, row_processes, row_attributes, process_capability,
    all_processes, declarations, told_declarations, declared, in_this_model, overview_pam, dimensions,
    dimensions_bare, indicators_guide, built_on, and_on, changed_by_model, performance, performance_lead, practice,
    practices, practices_caption, told_practices, achieves_outcome, item, input, output, shows_outcome,
    items_of_caption, told_items_of, no_items_yet, model_no_items_yet, indicator, indicators_caption,
    told_indicators, requirements_reached, achieve, earlier_wording, capability, capability_left_out, measured_by,
    rating_scale, ratings, told_ratings, levels_titled, levels_lead, levels_caption, told_levels, rating, achievement, meaning, from_up_to, above_up_to, level,
    no_attributes, level_titled, level_empty, level_attribute, level_attributes, performed, performed_chapter,
    achievements_caption, told_achievements, achieved, generic_practice, generic_caption, told_generic,
    shows_achievement, the_achievement, pam_annex_b, pam_annex_c, practices_to_requirements, no_practices,
    chains_caption, told_chains, outcome, requirements, requirements_to_practices, to_practices_caption,
    told_to_practices, open_caption, told_open, pam_annex_d, nothing_to_rate, rating_result, rating_method,
    aggregation_method, sheet_caption, told_sheet,
    // Statements of applicability.
    soa, soa_statuses, soa_nothing, soa_counts_caption, told_soa_counts, catalog, controls, applicable,
    excluded_head, covered_head, partial_head, uncovered_head, catalog_is, stands_in, controls_caption,
    told_controls, applies_of, soa_only, soa_tailorable, soa_no_controls, soa_one_other, soa_others, control,
    inclusion, exclusion, state, state_implemented, state_partial, state_planned, state_none, processes_head,
    through_head, layer, missing, covers, or_way, all_of, any_of, together_dash, also_of, because, line_from,
    equals, equivalent_to, subset_of, superset_of, intersects, not_stated_lower, not_met_not_excluded,
    met_in_part_only, miss_part, miss_contribution, miss_incomplete, miss_line, miss_neighbour,
    // How far, and of what.
    coverage, in_full, in_part_word, text,
    // Proofs.
    proof_satisfies, proof_partly, proof_joint, proof_joint_lacks_one, proof_joint_lacks, proof_stands_in,
    proof_parts_partial, proof_parts_excluded, proof_parts, proof_ties, proof_carries, proof_excludes,
    proof_excludes_because, proof_excludes_within, proof_excludes_within_because,
    // Assessments.
    assessment_titled, assessment_open, results, from_to, not_rated, level_head, target, profile_caption, told_profile,
    drawing_caption, told_drawing, profile_told, level_of, key_reached, key_open, key_missing, key_target,
    capability_only, capability_column, capability_told, open, input_chapter, input_caption, told_input, settled, as_stated, sponsor, unit, assessed_model,
    instances, takes, class, independence, lead_assessor, assessors, period, constraints, documented,
    confidentiality, method, closed, to_level, method_r1, method_r2, method_r3, joining_mean, joining_median,
    joining_lowest, joining_none, gaps, gaps_caption, gaps_nothing, told_gaps, at_least, attribute, wanted, rated,
    lowered_by, observations, observations_caption, observations_nothing, told_observations, speaks_of, strength,
    weakness, ratings_chapter, level_is, instance, instances_of, told_instances, what_is_rated, ratings_of,
    told_ratings_of, nothing_rated, amended, older_wording, not_in_scope, beyond_target, not_counted, arithmetic_lead,
    arithmetic_taken, arithmetic_open, arithmetic_stated, arithmetic_wins, reason_told, arithmetic_step,
    arithmetic_passed, arithmetic_of, arithmetic_of_open, arithmetic_low, arithmetic_high, arithmetic_mean,
    arithmetic_median, arithmetic_lowest, method_chapter, no_method, open_explained, level_rule, told_scale, band,
    weight, register, told_register, register_nothing, seen_in_taken, shows, kept_at, remarks, cited_for, conformity_33002,
    conformity_33002_lead, told_conformity_33002, stated, stated_in_part, competence, asked_by_class, no_rules,
    kinds_of_evidence, all_rated, evidence_each, so_many_of,
    // The workbook to rate in.
    assessment, as_made, sheet_how, sheet_rate, sheet_evidence, sheet_attributes, sheet_grey;
    counted
    processes, groups, requirements_or_controls, requirements_counted, findings_counted, claims, are,
    judgements_given, outcomes_counted, achievements, drafts_only, earlier_only, with_items, ties, ties_earlier,
    judged_by_nobody, shows_capability, lacks_capability, relations_counted, processes_counted,
    processes_assessed, reach_target, below_target, open_target;
    /// The tag of the language (BCP 47), without a region.
    tag: &'static str,
    /// What a page in a browser says besides.
    pages: &'static Pages,
    /// What differences are told in.
    differences: &'static Differences,
    /// What documents with the comments of a ballot say.
    comments: &'static Comments,
    /// What drawings of a model say.
    drawings: &'static Drawings,
    /// What a statement of the language `.prm` is called, by its word; nothing where that is English itself.
    statements: &'static [(&'static str, &'static str)],
    /// What the checks find that statements of conformity name, by their codes; the same.
    checks: &'static [(&'static str, &'static str)],
    /// What the parts of a clause of ISO/IEC 33004 are told apart by, in brackets behind its number; the same.
    clauses: &'static [(&'static str, &'static str)],
}

/// The words for a language by its tag, whatever region it names; English where there are none.
pub fn of(tag: &str) -> &'static Words {
    let language = tag.split('-').next().unwrap_or_default();
    ALL.into_iter().find(|words| words.tag.eq_ignore_ascii_case(language)).unwrap_or(&EN)
}

impl Words {
    /// What a statement is called, by its word.
    pub fn statement<'w>(&self, word: &'w str) -> &'w str
    where
        'static: 'w,
    {
        let plain = word.trim_start_matches("extend ").trim_start_matches("replace ");
        self.statements.iter().find(|(known, _)| *known == plain).map_or(word, |(_, name)| name)
    }

    /// The label of a clause of ISO/IEC 33004: "5.4 (sufficient)".
    pub fn clause_label(&self, label: &str) -> String {
        let named = label.split_once(" (").and_then(|(number, rest)| Some((number, rest.split_once(')')?)));
        let Some((number, (part, behind))) = named else { return label.to_owned() };
        let known = self.clauses.iter().find(|(known, _)| *known == part);
        known.map_or_else(|| label.to_owned(), |(_, name)| format!("{number} ({name}){behind}"))
    }

    /// What a check finds, by its code and its words in English.
    pub fn check(&self, code: &str, summary: &'static str) -> &'static str {
        self.checks.iter().find(|(known, _)| *known == code).map_or(summary, |(_, words)| words)
    }
}

/// A sentence with its holes filled.
pub fn fill(sentence: &str, with: &[&str]) -> String {
    let mut out = String::with_capacity(sentence.len());
    for piece in pieces(sentence) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Hole(number) => out.push_str(with.get(number).unwrap_or(&"")),
        }
    }
    out
}

/// What is said of so many, with its holes filled: the first with the number.
pub fn counted(forms: &Counted, number: usize, with: &[&str]) -> String {
    let shown = number.to_string();
    let holes: Vec<&str> = std::iter::once(shown.as_str()).chain(with.iter().copied()).collect();
    fill(forms[number.min(2)], &holes)
}

impl Inline {
    /// A sentence of ours with its holes filled.
    pub fn filled(sentence: &str, with: &[&Inline]) -> Inline {
        pieces(sentence).fold(Inline::default(), |line, piece| match piece {
            Piece::Words(words) => line.then(words),
            Piece::Hole(number) => with.get(number).into_iter().fold(line, |line, words| line.and(words)),
        })
    }
}

enum Piece<'s> {
    Words(&'s str),
    Hole(usize),
}

/// What stands between the holes of a sentence, and the holes. A brace that opens none is itself.
fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        if let Some((number, behind)) = hole(rest) {
            rest = behind;
            return Some(Piece::Hole(number));
        }
        let end = rest.find('{').filter(|at| hole(&rest[*at..]).is_some()).unwrap_or(rest.len());
        let (words, behind) = rest.split_at(end);
        rest = behind;
        (!words.is_empty()).then_some(Piece::Words(words))
    })
}

/// The number of the hole at the start of a stretch, and what stands behind it.
fn hole(stretch: &str) -> Option<(usize, &str)> {
    let (number, behind) = stretch.strip_prefix('{')?.split_once('}')?;
    Some((number.parse().ok()?, behind))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What is the same in English and another language, by right.
    const SHARED: &[(&str, &[&str])] = &[
        (
            "de",
            &[
                "told",
                "within",
                "colon",
                "version",
                "name",
                "element",
                "changed",
                "did_in",
                "id",
                "status",
                "code",
                "by_check",
                "found_open",
                "text",
                "assessment_titled",
                "arithmetic_step",
                "assessment",
            ],
        ),
        (
            "fr",
            &[
                "relations_counted",
                "figure",
                "normative",
                "informative",
                "document",
                "note",
                "version_lower",
                "source",
                "version",
                "consensus",
                "introduction",
                "relation",
                "provenance",
                "code",
                "found_open",
                "applicable",
                "instances",
                "instance",
            ],
        ),
    ];

    fn holes(sentence: &str) -> BTreeSet<usize> {
        let numbers = pieces(sentence).filter_map(|piece| match piece {
            Piece::Hole(number) => Some(number),
            Piece::Words(_) => None,
        });
        numbers.collect()
    }

    fn everything(words: &Words) -> Vec<(&'static str, &'static str)> {
        let Words { pages, differences, comments, drawings, .. } = words;
        [words.all(), pages.all(), differences.all(), comments.all(), drawings.all()].concat()
    }

    #[test]
    fn every_language_says_everything() {
        for words in ALL {
            let shared = SHARED.iter().find(|(tag, _)| *tag == words.tag).map_or(&[][..], |(_, shared)| shared);
            for ((name, english), (_, said)) in everything(&EN).into_iter().zip(everything(words)) {
                assert!(!said.trim().is_empty(), "{}: {name} is empty", words.tag);
                assert_eq!(holes(said), holes(english), "{}: {name}", words.tag);
                let is_english = words.tag == EN.tag || shared.contains(&name);
                assert!(is_english || said != english, "{}: {name} is English", words.tag);
                let edges = |words: &str| (words.starts_with(' '), words.ends_with(' '));
                assert_eq!(edges(&said.replace('\u{a0}', " ")).1, edges(english).1, "{}: {name}", words.tag);
            }
        }
    }

    #[test]
    fn holes_are_filled() {
        assert_eq!(fill("a {0}, {1} and {0}", &["x", "y"]), "a x, y and x");
        assert_eq!(fill("{a} {", &[]), "{a} {");
        let line = Inline::filled("from {1}", &[&Inline::plain("x"), &Inline::strong("y")]);
        assert_eq!(line, Inline::default().then("from ").and(&Inline::strong("y")));
        assert_eq!(counted(&EN.processes, 2, &[]), "2 processes");
        assert_eq!(of("de-CH").tag, "de");
        assert_eq!(of("pt").tag, "en");
    }
}

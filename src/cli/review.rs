//! `prm review`.

use super::args::{Color, ReviewArguments, ReviewFormat};
use super::failure::Failure;
use super::{Exit, Run, output, terminal};
use crate::codes;
use crate::compile::Checked;
use crate::diagnostic::{Diagnostic, words};
use crate::emit;
use crate::model::{Assessment, AssessmentId};
use crate::package::lock::{self, Lock, Record};
use crate::review::{self, Review, Reviewed, reference};

/// Shows which links are open, or accepts some.
pub fn run(arguments: &ReviewArguments, color: Color) -> Result<Exit, Failure> {
    let run = Run::new(&arguments.input, color);
    let because = arguments.because.as_deref().map(reason).transpose()?;
    let broken = run.report_some(|diagnostic| !is_result(diagnostic))?;
    let Some(checked) = run.compilation.checked() else { return Ok(broken) };
    if !arguments.close.is_empty() {
        return close(&run, &checked, &arguments.close);
    }
    let root = checked.program.root_id();
    // Ratings may be all that there is to review.
    if checked.program.assessments.iter().all(|row| Some(row.origin.package) != root) {
        run.has_model()?;
    }
    let nothing = Lock::default();
    let locked = &run.compilation.locked;
    let lock = locked.lock.as_ref().unwrap_or(&nothing);
    let with = |lock: &Lock| review::review(checked.program, checked.sources, lock, &locked.others);
    let review = with(lock);
    match because {
        Some(because) if arguments.accept_all || !arguments.accept.is_empty() => {
            let wanted: Vec<String> = arguments.accept.iter().map(|wanted| spelled_out(&checked, wanted)).collect();
            let accepted = accept(&wanted, &review, &because, &locked.path)?;
            let now = with(accepted.as_ref().unwrap_or(lock));
            match arguments.format {
                ReviewFormat::Text => output::say(emit::review::summary(&checked, &now)),
                ReviewFormat::Json => show(arguments, &checked, &now, color)?,
            }
            Ok(exit(&run, &now))
        }
        Some(_) => Err(Failure::new(
            "`--because` is a reason for accepting something",
            "name what is accepted: `--accept REF`, or `--accept-all`",
        )),
        None => {
            show(arguments, &checked, &review, color)?;
            Ok(exit(&run, &review))
        }
    }
}

/// Records assessments as they are now.
fn close(run: &Run, checked: &Checked<'_>, ids: &[String]) -> Result<Exit, Failure> {
    let locked = &run.compilation.locked;
    let mut lock = locked.lock.clone().unwrap_or_default();
    let root = checked.program.root_id();
    let own = |row: &&Assessment| Some(row.origin.package) == root;
    let mut said = Vec::new();
    for id in ids {
        let known = || checked.program.assessments.iter().filter(own).map(|row| checked.program.name(row.id));
        let Some((at, assessment)) = (0..)
            .map(AssessmentId)
            .zip(&checked.program.assessments)
            .find(|(_, row)| own(row) && checked.program.name(row.id) == *id)
        else {
            let help = match words::nearest(id, known()) {
                Some(near) => format!("did you mean `{near}`? nothing was recorded"),
                None => "name an assessment of the package itself; nothing was recorded".to_owned(),
            };
            return Err(Failure::new(format!("the package has no assessment `{id}`"), help));
        };
        if assessment.closed.is_none() {
            let help = "say in it when and by whom it was closed, `closed \"…\"`; nothing was recorded";
            return Err(Failure::new(format!("the assessment `{id}` is not closed"), help));
        }
        let lines = review::closed::lines(checked.program, checked.sources, at);
        said.push(format!("recorded `{id}`: {}", words::count(lines.len(), "line")));
        let lines = lines.into_iter().map(|line| line.text).collect();
        lock.records.retain(|record| record.assessment != *id);
        lock.records.push(Record { assessment: id.clone(), lines });
    }
    lock.records.sort_by(|a, b| a.assessment.cmp(&b.assessment));
    output::rewrite(&locked.path, &lock::write(&lock))?;
    said.iter().for_each(output::say);
    output::say(format_args!("wrote `{}`", locked.path));
    Ok(Exit::Fine)
}

/// What is open is the result itself, and would only be said twice.
fn is_result(diagnostic: &Diagnostic) -> bool {
    *diagnostic.code == codes::SUSPECT_LINK || *diagnostic.code == codes::UNJUDGED_LINK
}

/// As `check` ends, with what is open after some links were accepted.
fn exit(run: &Run, review: &Review) -> Exit {
    let is_open = |diagnostic: &Diagnostic| {
        let is_there = |link: &Reviewed| link.is_open() && link.span == diagnostic.primary.span;
        !is_result(diagnostic) || review.links.iter().any(is_there)
    };
    match run.exit_for(is_open) {
        Exit::Fine if run.deny_warnings && !review.is_settled() => Exit::Errors,
        exit => exit,
    }
}

fn show(arguments: &ReviewArguments, checked: &Checked<'_>, review: &Review, color: Color) -> Result<(), Failure> {
    match arguments.format {
        ReviewFormat::Text => {
            let color = terminal::stdout_color(color);
            output::write_text(None, &[], &emit::review::text(checked, review, color), color)
        }
        ReviewFormat::Json => output::write(None, &[], |out| emit::json::write_review(checked, review, out)),
    }
}

/// A reference with the ids of catalogs in place of the package's aliases.
fn spelled_out(checked: &Checked<'_>, wanted: &str) -> String {
    let Some(root) = checked.program.root_id() else { return wanted.to_owned() };
    let full = |part: &str| match checked.program.sight(root).requirement(part, false).all().as_slice() {
        [only] if part.contains(':') => checked.program.full_id(*only),
        _ => part.to_owned(),
    };
    wanted.splitn(2, '/').map(full).collect::<Vec<String>>().join("/")
}

/// Accepts what is asked for, or all if nothing is; gives the new lock file where one was written.
fn accept(wanted: &[String], review: &Review, because: &str, path: &str) -> Result<Option<Lock>, Failure> {
    for wanted in wanted {
        review.settle(wanted).map_err(|lost| unknown(review, wanted, lost))?;
    }
    let chosen = |claim: &lock::Claim| wanted.is_empty() || wanted.iter().any(|wanted| reference::means(wanted, claim));
    let open = || review.links.iter().filter(|link| link.is_open() && chosen(&link.claim)).map(|link| &link.claim);
    let (noun, open) = (review::noun(open()), open().count());
    let gone = review.vanished.iter().filter(|judgement| chosen(&judgement.claim)).count();
    if open + gone == 0 {
        output::say("nothing to accept: what you name is judged already");
        return Ok(None);
    }
    let lock = review.accept(chosen, because);
    output::rewrite(path, &lock::write(&lock))?;
    let forgot = if gone > 0 { format!(", forgot {}", words::count(gone, "judgement")) } else { String::new() };
    output::say(format_args!("accepted {}{forgot}; wrote `{path}`", words::count(open, noun)));
    Ok(Some(lock))
}

/// The reason, on one line.
fn reason(text: &str) -> Result<String, Failure> {
    let reason = lock::normal(text);
    if reason.chars().any(char::is_alphabetic) && !reason.chars().any(char::is_control) {
        return Ok(reason);
    }
    Err(Failure::new("this reason says nothing", "say in a sentence why what you accept holds: `--because \"…\"`"))
}

fn unknown(review: &Review, wanted: &str, lost: reference::Lost) -> Failure {
    match lost {
        reference::Lost::Ambiguous(ids) => Failure::new(
            format!("`{wanted}` could be {}", words::list(&ids, "or", 6)),
            "write the catalog before it, with a colon between",
        ),
        reference::Lost::Unknown
            if wanted == "." || wanted.ends_with(".prm") || std::path::Path::new(wanted).is_dir() =>
        {
            Failure::new(
                format!("nothing that is claimed has to do with `{wanted}`"),
                "if it is the package, it goes before `--accept`: `prm review PATH --accept REF`; nothing was accepted",
            )
        }
        reference::Lost::Unknown => {
            let near = words::nearest(wanted, review.known());
            let help = near.map_or_else(
                || "name an element, a requirement, a crosswalk or the model; nothing was accepted".to_owned(),
                |near| format!("did you mean `{near}`? nothing was accepted"),
            );
            Failure::new(format!("nothing that is claimed has to do with `{wanted}`"), help)
        }
    }
}

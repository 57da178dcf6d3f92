//! `prm comments`.

use std::io::IsTerminal;
use std::path::Path;

use super::args::{Color, CommentsArguments, CommentsFormat};
use super::failure::Failure;
use super::{Exit, Run, disk, import, output};
use crate::document::Setting;
use crate::document::words::EN;
use crate::emit::comments::{self, Comment, Ties};
use crate::emit::{notice, said};
use crate::import::{File, Options};

/// Ties the comments of a ballot to the model, and writes them back.
pub fn run(arguments: &CommentsArguments, color: Color) -> Result<Exit, Failure> {
    let files: Vec<&String> = std::iter::once(&arguments.file).chain(&arguments.merge).collect();
    let path = arguments.output.as_deref();
    if let Some(path) = path.filter(|path| files.iter().any(|file| is_same(file, path))) {
        return Err(Failure::new(
            format!("`{path}` would take the place of the comments that are read"),
            "nothing was written; choose another path with `-o`",
        ));
    }
    let comments = read(&files)?;
    let run = Run::new(&arguments.input, color);
    let Some(checked) = run.compilation.checked() else { return run.report() };
    run.say_overlooked();
    run.has_model()?;
    let Some(ties) = Ties::of(&checked, &comments, &EN) else { return Ok(run.exit()) };
    let read = [&run.compilation];
    match arguments.format {
        CommentsFormat::Text => {
            let text = notice::above(&checked) + &comments::text(&ties);
            output::write_text(path, &read, &text, false)?;
        }
        CommentsFormat::Csv => {
            output::write(path, &read, |out| out.write_all(comments::csv(&ties).as_bytes()))?;
        }
        _ => {
            let Some(writer) = arguments.format.writer() else { return Ok(run.exit()) };
            if writer.is_binary && path.is_none() && std::io::stdout().is_terminal() {
                return Err(Failure::new(
                    format!("a file of the form `{}` is no text for a terminal", writer.name),
                    "say where to write it, with `-o FILE`",
                ));
            }
            // A document is in the language of its model, the terminal in English.
            let Some(told) = Ties::of(&checked, &comments, said::words(&checked)) else { return Ok(run.exit()) };
            let document = comments::document(&told, &notice::said(&[&checked]));
            let bytes = (writer.write)(&document, &Setting::default())
                .map_err(|unprintable| Failure::new(unprintable.problem, unprintable.help))?;
            output::write(path, &read, |out| out.write_all(&bytes))?;
        }
    }
    for (comment, why) in ties.loose() {
        output::say(format!("{}: tied to nothing: {why}", comment.source));
    }
    Ok(if arguments.strict && ties.loose().next().is_some() { Exit::Errors } else { Exit::Fine })
}

fn is_same(one: &str, other: &str) -> bool {
    one != "-" && disk::real(Path::new(one)) == disk::real(Path::new(other))
}

/// The comments of all files; what else stands in these is told.
fn read(files: &[&String]) -> Result<Vec<Comment>, Failure> {
    let options = Options { is_one_of_several: files.len() > 1, ..Options::default() };
    let mut tables = Vec::new();
    for name in files {
        let importer = crate::import::form(name).ok_or_else(|| {
            Failure::new(
                format!("the name of `{name}` does not show what it is"),
                "comments are read from csv, xlsx, ods and docx: give it such an ending",
            )
        })?;
        let bytes = import::read(name)?;
        let (comments, remarks) = crate::import::comments(importer, &File { name, bytes: &bytes }, &options)
            .map_err(|refused| import::unreadable(name, refused))?;
        remarks.into_iter().for_each(output::say);
        tables.push(comments);
    }
    Ok(comments::merged(tables))
}

//! Models on the disk: as one file, as a folder, as a layer over a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{Model, Wording};

/// A model on the disk.
pub struct Sample {
    path: PathBuf,
    /// The size of all its sources.
    pub bytes: f64,
}

impl Sample {
    /// A file, and the same model as JSON beside it.
    pub fn new(folder: &Path, processes: usize, wording: Wording) -> Sample {
        let model = Model::new(processes, wording);
        let path = folder.join(format!("house-{processes}-{wording:?}.prm"));
        write(&path.with_extension("json"), &model.json());
        Sample::file(path, &model.prm())
    }

    /// A file in which two processes in a hundred are worded otherwise.
    pub fn reworded(folder: &Path, processes: usize) -> Sample {
        let mut model = Model::new(processes, Wording::Clean);
        model.reword();
        Sample::file(folder.join(format!("house-{processes}-reworded.prm")), &model.prm())
    }

    /// A package with a file for eight processes each.
    pub fn folder(folder: &Path, processes: usize) -> Sample {
        let path = folder.join(format!("folder-{processes}"));
        package(&path, "house", "");
        let text = Model::new(processes, Wording::Clean).prm();
        for (number, part) in parts(&text, 8).iter().enumerate() {
            write(&path.join(format!("p{number}.prm")), part.as_bytes());
        }
        Sample { path, bytes: text.len() as f64 }
    }

    /// A draft in a package that switches off all that there is to say of it.
    pub fn switched_off(folder: &Path, processes: usize) -> Sample {
        let path = folder.join(format!("off-{processes}"));
        let families = ["P3xx", "P4xx", "P5xx", "P6xx", "P7xx"].map(|family| format!("{family} = \"allow\"\n"));
        package(&path, "house", &format!("\n[lints]\n{}", families.concat()));
        let text = Model::new(processes, Wording::Draft).prm();
        write(&path.join("house.prm"), text.as_bytes());
        Sample { path, bytes: text.len() as f64 }
    }

    /// A package whose model extends that of a folder.
    pub fn layer(folder: &Path, base: &Sample, processes: usize) -> Sample {
        let path = folder.join(format!("layer-{processes}"));
        let base_path = base.path.file_name().expect("it is a folder in this one").display();
        package(&path, "branch", &format!("\n[dependencies]\nhouse = {{ path = \"../{base_path}\" }}\n"));
        let text = Model::new(processes, Wording::Clean).layer();
        write(&path.join("branch.prm"), text.as_bytes());
        Sample { path, bytes: base.bytes + text.len() as f64 }
    }

    fn file(path: PathBuf, text: &str) -> Sample {
        write(&path, text.as_bytes());
        Sample { path, bytes: text.len() as f64 }
    }

    /// Where it is.
    pub fn path(&self) -> &str {
        self.path.to_str().expect("the folder of temporary files has a plain name")
    }

    /// The same model as JSON.
    pub fn json(&self) -> String {
        self.path().replace(".prm", ".json")
    }
}

/// The text of a model, cut before every so manieth process.
fn parts(text: &str, processes: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        count += usize::from(line.starts_with("process "));
        if count > processes {
            parts.push(String::new());
            count = 1;
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    parts
}

fn package(path: &Path, name: &str, rest: &str) {
    fs::create_dir_all(path).expect("the folder can be written");
    write(&path.join("prm.toml"), format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{rest}").as_bytes());
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("the folder can be written");
}

//! Files of others that are made to break a reader: each is refused in bounded time and memory, with one message and
//! nothing written.

use std::io::{Cursor, Write};
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(rows: &[(&str, &str, &str)]) -> String {
    let row = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships>{}</Relationships>", rows.iter().map(row).collect::<String>())
}

/// A workbook of one sheet and its shared strings.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let roots = relations(&[("r", "officeDocument", "xl/workbook.xml")]);
    let parts = relations(&[("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml")]);
    archive(&[
        ("_rels/.rels", roots.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" r:id="s"/></sheets></workbook>"#),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), "<sst></sst>")
}

fn spreadsheet(content: &str) -> Vec<u8> {
    archive(&[("content.xml", content.as_bytes())])
}

fn document(body: &str) -> Vec<u8> {
    let roots = relations(&[("r", "officeDocument", "word/document.xml")]);
    archive(&[("_rels/.rels", roots.as_bytes()), ("word/document.xml", body.as_bytes())])
}

/// Imports a file within so much memory and time; its exit code and what is said.
fn import(name: &str, bytes: &[u8]) -> (i32, String, bool) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let mut shell = Command::new("sh");
    let line = format!("ulimit -v 1000000; ulimit -t 60; \"$PRM\" import {name} -o out.prm --message-format short");
    shell.args(["-c", &line]).env("PRM", env!("CARGO_BIN_EXE_prm")).current_dir(folder.path());
    let run = shell.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    (run.status.code().unwrap_or(-1), said, folder.path().join("out.prm").exists())
}

fn refused(name: &str, bytes: &[u8], why: &str) {
    let (code, said, is_written) = import(name, bytes);
    assert_eq!(code, 2, "{why}: {said}");
    assert!(said.contains(why), "{why}: {said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("error")).count(), 1, "{said}");
    assert!(!is_written, "{why}");
}

#[test]
fn archives_that_are_more_than_they_seem() {
    let good = sheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>id</v></c></row>");
    refused("cut.xlsx", &good[..good.len() - 30], "cut off");
    refused("text.xlsx", b"id,title\n1,Keys\n", "its end is missing");
    refused("old.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "old binary form");
    let names: Vec<String> = (0..5000).map(|number| format!("xl/{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused("many.xlsx", &archive(&many), "more than 4096 files");
    // A part of so many zeros is small when it is packed.
    let zeros = vec![b' '; 80 << 20];
    let large = workbook("<worksheet/>", std::str::from_utf8(&zeros).unwrap());
    assert!(large.len() < 200_000);
    refused("large.xlsx", &large, "larger than 64 MiB");
    // What the directory declares is what counts.
    let mut lying = good.clone();
    let at = lying.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    lying[at + 24..at + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    refused("lying.xlsx", &lying, "cannot read");
    let mut locked = good.clone();
    locked[at + 8] |= 1;
    refused("locked.xlsx", &locked, "encrypted");
    // Two members of one name: the second is made to have the name of the first.
    let mut doubled = archive(&[("word/one.xml", b"<a/>"), ("word/two.xml", b"<b/>")]);
    for at in 0..doubled.len() - 3 {
        if &doubled[at..at + 3] == b"two" {
            doubled[at..at + 3].copy_from_slice(b"one");
        }
    }
    refused("doubled.docx", &doubled, "two files in it have one name");
    refused("other.docx", &good, "nothing could be taken");
    refused("empty.ods", &archive(&[("mimetype", b"x")]), "holds no spreadsheet");
    refused("empty.docx", &archive(&[("mimetype", b"x")]), "holds no document");
    refused("empty.xlsx", &archive(&[("mimetype", b"x")]), "holds no workbook");
}

#[test]
fn workbooks_that_are_more_than_they_seem() {
    let strings = |count: &str| workbook("<worksheet/>", &format!("<sst uniqueCount=\"{count}\"></sst>"));
    refused("count.xlsx", &strings("100000000000"), "nothing could be taken");
    refused(
        "items.xlsx",
        &workbook("<worksheet/>", &"<si/>".repeat(1_100_000).replacen("<si/>", "<sst>", 1)),
        "1000000",
    );
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    refused("far.xlsx", &sheet(far), "nothing could be taken");
    refused("row.xlsx", &sheet("<row r=\"1215752192\"><c r=\"A1215752192\"><v>1</v></c></row>"), "more rows");
    let wide: String = (1..=200).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    refused("wide.xlsx", &sheet(&wide), "span more than");
    refused("blank.xlsx", &sheet(&format!("<row>{}</row>", "<c/>".repeat(5_100_000))), "more rows, columns or cells");
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(100));
    refused("cells.xlsx", &sheet(&row.repeat(5_100)), "more than 500000 cells");
    refused("formula.xlsx", &sheet("<row><c><f>1+1</f><v></v></c></row>"), "S!A1 holds a formula without its value");
    let shared = "<row><c><f t=\"shared\" si=\"4000000000\">A2</f><v>1</v></c></row>";
    refused("shared.xlsx", &sheet(shared), "nothing could be taken");
    let merged = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>\
                  <mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>";
    refused("merged.xlsx", &workbook(merged, "<sst/>"), "nothing could be taken");
    refused(
        "string.xlsx",
        &sheet("<row><c t=\"s\"><v>7</v></c></row>"),
        "names a text that the workbook does not have",
    );
    refused("open.xlsx", &workbook("<worksheet><sheetData>", "<sst/>"), "it is cut off");
    let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>";
    refused("entity.xlsx", &workbook(entity, "<sst/>"), "declares a document type");
    refused("unknown.xlsx", &workbook("<worksheet>&b;</worksheet>", "<sst/>"), "an entity `&b;`");
}

#[test]
fn spreadsheets_that_are_more_than_they_seem() {
    let table =
        |rows: &str| spreadsheet(&format!("<a:body xmlns:a=\"x\"><a:table a:name=\"T\">{rows}</a:table></a:body>"));
    refused("cut.ods", &spreadsheet("<body><table name=\"T\"><table-row>"), "it is cut off");
    let cell = "<a:table-cell a:number-columns-repeated=\"16384\"><a:p>x</a:p></a:table-cell>";
    let rows = format!("<a:table-row a:number-rows-repeated=\"1048576\">{cell}</a:table-row>");
    refused("repeated.ods", &table(&rows), "more than 500000 cells");
    let huge = rows.replace("1048576", "99999999999999999999");
    refused("huge.ods", &table(&huge), "cells");
    let blank = "<a:table-row a:number-rows-repeated=\"99999999999\"><a:table-cell a:number-columns-repeated=\"99999999\"/>\
                 </a:table-row>";
    refused("blank.ods", &table(&blank.repeat(1000)), "nothing could be taken");
}

#[test]
fn documents_that_are_more_than_they_seem() {
    let body = |inner: &str| document(&format!("<w:body xmlns:w=\"w\">{inner}</w:body>"));
    refused("deep.docx", &body(&"<w:tbl><w:tr><w:tc>".repeat(20_000)), "too deep in each other");
    refused("cut.docx", &document("<w:body><w:p>"), "it is cut off");
    refused("doctype.docx", &document("<!DOCTYPE a><w:body/>"), "declares a document type");
    let wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    refused("wide.docx", &body(wide), "nothing could be taken");
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"\"")).collect();
    refused("attributes.docx", &body(&format!("<w:p{attributes}/>")), "nothing could be taken");
    let mut latin = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:body>".to_vec();
    latin.push(0xff);
    let roots = relations(&[("r", "officeDocument", "word/document.xml")]);
    let bytes = archive(&[("_rels/.rels", roots.as_bytes()), ("word/document.xml", &latin)]);
    refused("latin.docx", &bytes, "is not in UTF-8");
}

#[test]
fn separated_values_that_are_more_than_they_seem() {
    refused("quote.csv", b"id,title\n1,\"Keys\n2,Locks\n", "line 2: a quote is opened there");
    refused("cells.csv", "a,a,a,a,a,a,a,a,a,a\n".repeat(60_000).as_bytes(), "more than 500000 cells");
    refused("wide.csv", "a,".repeat(5_000).as_bytes(), "more than 4096 columns");
    refused("dos.csv", b"id;title\n1;Pr\x81fung der Schl\x81ssel\n", "its encoding cannot be told");
}

#[test]
fn specifications_that_are_more_than_they_seem() {
    let file = |objects: &str, tree: &str| {
        format!(
            "<REQ-IF><SPEC-OBJECTS>{objects}</SPEC-OBJECTS><SPECIFICATION><CHILDREN>{tree}</CHILDREN></SPECIFICATION></REQ-IF>"
        )
    };
    let deep = "<SPEC-HIERARCHY><OBJECT><R>a</R></OBJECT><CHILDREN>".repeat(20_000);
    refused("deep.reqif", file("<SPEC-OBJECT IDENTIFIER=\"a\"/>", &deep).as_bytes(), "too deep in each other");
    refused("many.reqif", file(&"<SPEC-OBJECT/>".repeat(1_000_001), "").as_bytes(), "more than 1000000 elements");
    refused("cut.reqif", b"<REQ-IF><SPEC-OBJECTS><SPEC-OBJECT>", "it is cut off");
    refused("entity.reqif", b"<!DOCTYPE a [<!ENTITY b \"c\">]><REQ-IF/>", "declares a document type");
    refused("value.reqif", b"<REQ-IF><A><THE-VALUE><div>", "it is cut off");
    refused("latin.reqif", b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><REQ-IF>\xff</REQ-IF>", "is not in UTF-8");
    refused("empty.reqifz", &archive(&[("a.png", b"x")]), "holds no file of ReqIF");
    let spaces = vec![b' '; 201 << 20];
    refused("large.reqifz", &archive(&[("a.reqif", &spaces)]), "larger than 200 MiB");
    // Many of one id, each of which has to get another.
    let object = "<SPEC-OBJECT IDENTIFIER=\"@\"><VALUES><A THE-VALUE=\"x\"><DEFINITION><R>ID</R></DEFINITION></A></VALUES></SPEC-OBJECT>";
    let alike: String = (0..30_000).map(|number| object.replace('@', &number.to_string())).collect();
    let (code, said, _) = import("alike.reqif", file(&alike, "").as_bytes());
    assert_eq!(code, 0, "{said}");
}

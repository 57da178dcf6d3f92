fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = prm::source::Sources::default();
        let file = sources.add("", &path, text);
        let (tree, diagnostics) = prm::syntax::parse(file, &sources.file(file).text);
        println!("{path}: {} nodes", tree.nodes.len());
        for d in diagnostics {
            let p = sources.position(d.primary.span);
            println!(
                "{path}:{}:{}: {} {} [{}] {}",
                p.line,
                p.column,
                d.code.code,
                d.message,
                d.primary.text,
                d.help.unwrap_or_default()
            );
        }
    }
}

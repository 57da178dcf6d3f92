//! Writes figures: the picture with its other text, and its caption.

use super::Book;
use super::body::Shape;
use super::xml::{self, put};
use crate::document::drawing::{Anchor, Drawing, Pen, Shape as Drawn, lines_of};
use crate::document::emf::emf;
use crate::document::setting::{Picture, PictureKind};
use crate::document::tree::Figure;

/// A pixel of CSS, and a twentieth of a point, in the units of drawings.
const PIXEL: f64 = 9_525.0;
const TWENTIETH: f64 = 635.0;

impl Book<'_> {
    /// A figure above its caption.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let at = self.captions;
        self.captions += 1;
        let picture = (self.setting.picture)(figure);
        let (size, main, lines) = match picture {
            Some(Picture { kind: PictureKind::Png, size, bytes, .. }) => (size, ("png", bytes), None),
            Some(Picture { kind: PictureKind::Jpeg, size, bytes, .. }) => (size, ("jpeg", bytes), None),
            Some(Picture { kind: PictureKind::Svg, size, bytes, metafile }) => {
                let shown = metafile.unwrap_or_else(|| emf(&instead(figure, size)));
                (size, ("emf", shown), Some(("svg", bytes)))
            }
            None => {
                let drawing = instead(figure, (480.0, 96.0));
                ((drawing.width, drawing.height), ("emf", emf(&drawing)), None)
            }
        };
        let shape = Shape { style: "FigureGraphic", keeps_next: !figure.caption.is_empty(), ..Shape::default() };
        self.open(shape, false);
        let mark = self.plan.captions.get(at).and_then(|caption| caption.mark.clone());
        match mark.filter(|_| figure.caption.is_empty()) {
            Some(mark) => self.marked(&mark, |book| book.drawing(&figure.alternative, size, main, lines)),
            None => self.drawing(&figure.alternative, size, main, lines),
        }
        self.out.push_str("</w:p>");
        if !figure.caption.is_empty() {
            self.caption(at, &figure.caption, ["FigureTitle", "AnnexFigureTitle"], false);
        }
    }

    fn drawing(
        &mut self,
        alternative: &str,
        size: (f64, f64),
        main: (&'static str, Vec<u8>),
        lines: Option<(&'static str, Vec<u8>)>,
    ) {
        let (width, height) = self.extent(size);
        self.drawings += 1;
        let number = self.drawings;
        self.pictures.push(main);
        let picture = self.pictures.len();
        let out = &mut self.out;
        put!(
            *out,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" \
             cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\""
        );
        xml::push(out, alternative);
        put!(
            *out,
            "\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{number}\" name=\"Picture {number}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"picture{picture}\">"
        );
        if let Some(lines) = lines {
            self.pictures.push(lines);
            put!(
                *out,
                "<a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip \
                 xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"picture{}\"/></a:ext>\
                 </a:extLst>",
                picture + 1
            );
        }
        put!(
            *out,
            "</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        );
    }

    /// The size of a picture on its page, in the units of drawings: as it is, or as much smaller as it has to be.
    fn extent(&self, (width, height): (f64, f64)) -> (u64, u64) {
        let finite = |length: f64| if length.is_finite() { length.max(1.0) } else { 1.0 };
        let (width, height) = (finite(width) * PIXEL, finite(height) * PIXEL);
        let page = &self.frame.page;
        let widest = self.width() as f64 * TWENTIETH;
        // There is room for the caption.
        let highest = page.text_height(self.is_landscape) as f64 * TWENTIETH * 0.85;
        let scale = (widest / width).min(highest / height).min(1.0);
        ((width * scale).round().max(1.0) as u64, (height * scale).round().max(1.0) as u64)
    }
}

/// What stands for a picture that cannot be shown: a box with its other text, and the name of its file.
fn instead(figure: &Figure, (width, height): (f64, f64)) -> Drawing {
    let (width, height) = (width.clamp(160.0, 640.0), height.clamp(64.0, 480.0));
    let grey = [96, 96, 96];
    let frame = Drawn::Rectangle {
        from: (0.5, 0.5),
        to: (width - 0.5, height - 0.5),
        fill: Some([245, 245, 245]),
        line: Some(Pen::new(1.0, grey)),
    };
    let mut words = lines_of(&figure.alternative, width - 24.0, 12.0);
    words.truncate(((height - 40.0) / 16.0).max(1.0) as usize);
    let top = (height - 16.0 * words.len() as f64 - 8.0) / 2.0;
    let text = |at: usize, words: String, size: f64, color| Drawn::Text {
        at: (width / 2.0, top + 16.0 * at as f64),
        anchor: Anchor::Middle,
        words,
        size,
        is_bold: false,
        color,
    };
    let mut shapes = vec![frame];
    let count = words.len();
    shapes.extend(words.into_iter().enumerate().map(|(at, words)| text(at + 1, words, 12.0, [0; 3])));
    let file = lines_of(&figure.file, width - 24.0, 9.0).into_iter().next().unwrap_or_default();
    shapes.push(text(count + 1, file, 9.0, grey));
    Drawing { width, height, shapes }
}

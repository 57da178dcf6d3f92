/**
 * Tree-sitter grammar of .prm, the language for process reference models.
 *
 * It follows `grammar/prm.pest`, rule for rule; `cargo test editors` holds both to the same files. What is no shape is
 * left to the compiler: which statement may stand in which block, what an id names, what a text says.
 *
 * The layout is the scanner's (src/scanner.c): a statement ends with its line, unless the next line carries it on.
 */

// The words that begin a statement. Any of them may also be an id, so a line of a crosswalk may begin with it.
const STATEMENT_WORDS = [
  'use', 'model', 'group', 'process', 'purpose', 'context', 'note', 'outcome', 'practice', 'supports', 'informs',
  'follows', 'formerly', 'item', 'characteristic', 'term', 'also', 'annex', 'reference', 'field', 'catalog', 'clause',
  'requirement', 'control', 'label', 'tailorable', 'for', 'crosswalk', 'new', 'withdrawn', 'framework', 'scale',
  'rating', 'level', 'attribute', 'achievement', 'reached', 'weight', 'edition', 'source', 'domain', 'community',
  'consensus', 'covers', 'measured', 'conforms', 'exclude', 'apply', 'state', 'drops', 'order', 'language', 'notice',
  'foreword', 'introduction', 'scope', 'overview', 'extend', 'replace', 'omit', 'allow', 'assessment', 'sponsor',
  'unit', 'period', 'constraint', 'documented', 'confidentiality', 'class', 'independence', 'assessor', 'method',
  'target', 'instances', 'takes', 'closed', 'rules', 'kinds', 'exhibit', 'shows', 'at', 'rate', 'strength',
  'weakness',
];

const RELATIONS = ['equals', 'equivalent', 'subset', 'superset', 'intersects'];

const SEGMENTS = '[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*';

module.exports = grammar({
  name: 'prm',

  externals: $ => [
    $._end,
    $._continues,
    $.comment,
    $._odd_word,
    $._line_text_start,
    $._block_text_start,
    $._text_end,
    $._text_chunk,
    $.escape,
    $.text_reference,
    // Never in a tree without an error.
    $.unclosed_text,
    $.unclosed_comment,
    $.stray_text,
    // Never made: where they are allowed, the scanner knows where it is.
    $._between,
    $._after_comma,
    $._in_error,
  ],

  extras: $ => [/[ \t\r\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/, $.comment, $._continues],

  word: $ => $._word,

  // Whether a line is one of a crosswalk shows at its second word, or later.
  conflicts: $ => [
    $.use, $.model, $.group, $.process, $.outcome, $.practice, $.supports, $.informs, $.follows, $.formerly, $.item,
    $.annex, $.cited, $.field, $.catalog, $.clause, $.requirement, $.control, $.crosswalk, $.new, $.withdrawn,
    $.framework, $.rating, $.level, $.attribute, $.achievement, $.reached, $.weight, $.covers, $.conforms, $.exclude,
    $.apply, $.state, $.drops, $.language, $.omit, $.allow, $.assessment, $.class, $.independence, $.method, $.aim,
    $.instances, $.takes, $.rules, $.class_instances, $.class_kinds, $.exhibit, $.rate, $.rate_outcome,
    $.rate_achievement, $.rate_attribute, $.other,
  ].map(statement => [$._line_head, statement]).concat([
    // Of two statements with one word, which it is shows behind what they name first.
    [$._line_head, $.outcome, $.rate_outcome],
    [$._line_head, $.attribute, $.rate_attribute],
    [$._line_head, $.achievement, $.rate_achievement],
    [$._line_head, $.instances, $.class_instances],
  ]),

  rules: {
    source_file: $ => repeat(choice($._statement, $._between)),

    block: $ => seq('{', repeat(choice($._statement, $._between)), '}'),

    _statement: $ => choice(
      $.use, $.model, $.group, $.process, $.purpose, $.context, $.note, $.outcome, $.practice, $.supports, $.informs,
      $.follows, $.formerly, $.item, $.characteristic, $.term, $.also, $.annex, $.cited, $.field, $.catalog, $.clause,
      $.requirement, $.control, $.label, $.tailorable, $.for_models, $.crosswalk, $.line, $.new, $.withdrawn,
      $.framework, $.scale, $.rating, $.level, $.attribute, $.achievement, $.reached, $.weight, $.edition, $.source,
      $.domain, $.community, $.consensus, $.covers, $.measured, $.conforms, $.exclude, $.apply, $.state, $.drops,
      $.order, $.order_groups, $.language, $.notice, $.foreword, $.introduction, $.scope, $.overview,
      $.extend_process, $.extend_outcome, $.extend_group, $.extend_item, $.replace_outcome, $.replace_practice,
      $.replace_purpose, $.replace_context, $.replace_item, $.replace_term, $.omit, $.allow, $.assessment, $.sponsor,
      $.amended_purpose, $.unit, $.period, $.constraint, $.documented, $.confidentiality, $.class, $.independence,
      $.assessor, $.method, $.aim, $.instances, $.takes, $.closed, $.rules, $.class_instances, $.class_kinds,
      $.exhibit, $.shows, $.at, $.rate, $.rate_outcome, $.rate_achievement, $.rate_attribute, $.strength, $.weakness,
      $.other,
    ),

    // A statement ends with its line, or opens a block.
    _ends: $ => choice($._end, field('block', $.block)),

    // --- processes

    use: $ => seq('use', field('package', firstReference($)), optional(seq('as', field('alias', $.id))), $._ends),
    model: $ => seq('model', id($), title($), optional(seq('extends', list($, $.reference))), $._ends),
    group: $ => seq('group', id($), title($), optional(text($)), $._ends),
    process: $ => seq('process', id($), title($), optional(seq('in', field('group', $.reference))), $._ends),
    purpose: $ => seq('purpose', text($), $._ends),
    context: $ => seq('context', text($), $._ends),
    note: $ => seq('note', text($), $._ends),
    outcome: $ => seq('outcome', id($), text($), repeat($._link), $._ends),
    practice: $ => seq('practice', id($), text($), optional(text($)), repeat($._work), $._ends),
    supports: $ => relation($, 'supports'),
    informs: $ => relation($, 'informs'),
    follows: $ => relation($, 'follows'),
    formerly: $ => seq('formerly', firstList($), $._ends),

    _link: $ => choice($.satisfies, $.partly, $.produces),
    satisfies: $ => seq('satisfies', list($, $.reference), optional($.together), optional($.because)),
    partly: $ => seq('partly', 'satisfies', list($, $.reference), optional($.because)),
    together: $ => seq('together', 'with', list($, $.reference)),
    because: $ => seq('because', field('reason', $.text)),
    _work: $ => choice($.achieves, $.consumes, $.produces),
    achieves: $ => seq('achieves', list($, $.reference)),
    consumes: $ => seq('consumes', list($, $.reference)),
    produces: $ => seq('produces', list($, $.reference)),

    // --- items, terms, fields, annexes, references

    item: $ => seq('item', id($), title($), 'kind', field('kind', $.kind), $._ends),
    characteristic: $ => seq('characteristic', text($), $._ends),
    term: $ => seq('term', title($), text($), $._ends),
    also: $ => seq('also', text($), $._ends),
    annex: $ => seq('annex', id($), title($), text($), $._ends),
    cited: $ => seq('reference', id($), title($), optional(text($)), optional('normative'), $._ends),
    field: $ => seq('field', id($), title($), 'on', field('kind', $.kind), optional('required'), $._ends),

    // --- catalogs and crosswalks

    catalog: $ => seq('catalog', id($), title($), $._ends),
    clause: $ => seq('clause', id($), title($), $._ends),
    requirement: $ => seq('requirement', id($), title($), optional(text($)), $._ends),
    control: $ => seq('control', id($), title($), optional(text($)), $._ends),
    label: $ => seq('label', text($), $._ends),
    tailorable: $ => seq('tailorable', $._ends),
    for_models: $ => seq('for', 'models', $._ends),
    crosswalk: $ => seq(
      'crosswalk', id($), title($), 'from', field('from', $.reference), 'to', field('to', $.reference), $._ends),
    line: $ => prec.dynamic(1, seq(
      field('left', alias($._line_head, $.reference)),
      repeat(seq($._comma, field('left', $.reference))),
      field('relation', choice('equals', seq('equivalent', 'to'), seq('subset', 'of'), seq('superset', 'of'), 'intersects')),
      field('right', $.reference),
      repeat(seq($._comma, field('right', $.reference))),
      optional($.because),
      $._ends,
    )),
    new: $ => seq('new', firstList($), $._ends),
    withdrawn: $ => seq('withdrawn', firstList($), $._ends),

    // --- measurement frameworks

    framework: $ => seq('framework', id($), title($), $._ends),
    scale: $ => seq('scale', $._ends),
    rating: $ => seq('rating', id($), title($), field('from', $.number), field('to', $.number), $._ends),
    level: $ => seq('level', id($), title($), $._ends),
    attribute: $ => seq('attribute', id($), title($), $._ends),
    achievement: $ => seq('achievement', id($), text($), $._ends),
    reached: $ => seq('reached', firstReference($), 'below', $.reference, $._ends),
    weight: $ => seq('weight', alias($._first_id, $.number), $._ends),

    // --- what a model says of itself

    edition: $ => seq('edition', text($), $._ends),
    source: $ => seq('source', text($), $._ends),
    domain: $ => seq('domain', text($), $._ends),
    community: $ => seq('community', text($), $._ends),
    consensus: $ => seq('consensus', text($), $._ends),
    covers: $ => seq('covers', firstReference($), optional(seq('through', list($, $.reference))), $._ends),
    measured: $ => seq('measured', 'by', $.reference, $._ends),
    conforms: $ => seq('conforms', firstReference($), text($), $._ends),
    exclude: $ => seq('exclude', firstList($), $.because, $._ends),
    drops: $ => seq('drops', firstReference($), $.because, $._ends),
    apply: $ => seq('apply', firstList($), $.because, $._ends),
    state: $ => seq('state', field('key', alias($._first_id, $.kind)), $._ends),
    order: $ => seq('order', 'by', field('key', $.kind), $._ends),
    order_groups: $ => seq('order', 'groups', list($, $.reference), $._ends),
    language: $ => seq('language', field('tag', alias($._first_id, $.kind)), $._ends),
    notice: $ => seq('notice', text($), $._ends),
    foreword: $ => seq('foreword', text($), $._ends),
    introduction: $ => seq('introduction', text($), $._ends),
    scope: $ => seq('scope', text($), $._ends),
    overview: $ => seq('overview', text($), $._ends),

    // --- layers

    extend_process: $ => seq('extend', 'process', $.reference, $._ends),
    extend_outcome: $ => seq('extend', 'outcome', $.reference, repeat($._link), $._ends),
    extend_group: $ => seq('extend', 'group', $.reference, $._ends),
    extend_item: $ => seq('extend', 'item', $.reference, $._ends),
    replace_outcome: $ => seq('replace', 'outcome', $.reference, text($), $.because, repeat($._link), $._ends),
    replace_practice: $ => seq(
      'replace', 'practice', $.reference, text($), optional(text($)), $.because, repeat($._work), $._ends),
    replace_purpose: $ => seq('replace', 'purpose', text($), $.because, $._ends),
    replace_context: $ => seq('replace', 'context', text($), $.because, $._ends),
    replace_item: $ => seq(
      'replace', 'item', $.reference, title($), optional(seq('kind', field('kind', $.kind))), $.because, $._ends),
    replace_term: $ => seq('replace', 'term', title($), text($), $.because, $._ends),
    omit: $ => seq('omit', firstList($), $.because, $._ends),

    // --- assessments

    assessment: $ => seq('assessment', id($), title($), 'of', field('model', $.reference), $._ends),
    sponsor: $ => input($, 'sponsor'),
    amended_purpose: $ => seq('purpose', text($), $.amended, $._ends),
    unit: $ => input($, 'unit'),
    period: $ => input($, 'period'),
    constraint: $ => input($, 'constraint'),
    documented: $ => input($, 'documented'),
    confidentiality: $ => input($, 'confidentiality'),
    class: $ => seq('class', word($), optional($.amended), $._ends),
    independence: $ => seq('independence', word($), optional(text($)), optional($.amended), $._ends),
    assessor: $ => seq('assessor', optional('lead'), text($), optional(text($)), optional($.amended), $._ends),
    method: $ => seq('method', word($), optional(field('joining', $.kind)), optional($.amended), $._ends),
    aim: $ => seq('target', firstList($), 'level', field('level', $.number), optional($.amended), $._ends),
    instances: $ => seq('instances', firstList($), 'of', field('process', $.reference), optional($.amended), $._ends),
    takes: $ => seq('takes', firstList($), optional($.amended), $._ends),
    closed: $ => seq('closed', text($), $._ends),
    amended: $ => seq('amended', 'because', field('reason', $.text)),

    rules: $ => seq('rules', id($), title($), $._ends),
    class_instances: $ => seq('instances', count($), optional(seq('kinds', $.number)), $._ends),
    class_kinds: $ => seq('kinds', count($), $._ends),

    exhibit: $ => seq('exhibit', id($), title($), 'kind', field('kind', $.kind), $._ends),
    shows: $ => seq('shows', 'item', list($, $.reference), optional(seq('at', text($))), $._ends),
    at: $ => seq('at', text($), $._ends),

    rate: $ => seq(
      'rate', firstReference($), 'in', field('assessment', $.reference),
      optional(seq('for', field('instance', $.reference))), $._ends),
    rate_outcome: $ => verdict($, 'outcome'),
    rate_achievement: $ => verdict($, 'achievement'),
    rate_attribute: $ => verdict($, 'attribute'),
    evidence: $ => seq('by', list($, $.reference)),
    strength: $ => observation($, 'strength'),
    weakness: $ => observation($, 'weakness'),

    // --- anywhere

    allow: $ => seq('allow', field('check', alias($._first_id, $.kind)), $.because, $._ends),

    // A line whose first word begins no statement: a field of the author's, or a slip.
    other: $ => seq(
      field('word', alias($._word, $.id)),
      optional(seq(
        choice(alias($._first_id, $.kind), $.text, $._comma),
        repeat(choice($.kind, $.text, $._comma)),
      )),
      $._ends,
    ),

    // --- words and texts

    id: $ => $._any_word,
    reference: $ => $._any_word,
    kind: $ => $._any_word,
    number: $ => $._any_word,

    // A word as an id should be written, and any other (the compiler says what is wrong with it).
    _word: _ => new RegExp(`${SEGMENTS}(:${SEGMENTS})?`),
    _any_word: $ => choice($._word, $._odd_word),

    // Behind the first word of a line, a relation may also be an id: `process equals "Equals"`.
    _first_id: $ => choice($._word, $._odd_word, ...RELATIONS),
    _line_head: $ => choice($._word, $._odd_word, ...STATEMENT_WORDS),

    _comma: $ => seq(',', optional($._after_comma)),

    text: $ => choice(
      seq(alias($._line_text_start, '"'), optional($.text_content), alias($._text_end, '"')),
      seq(alias($._block_text_start, '"""'), optional($.text_content), alias($._text_end, '"""')),
    ),
    text_content: $ => repeat1(choice($._text_chunk, $.escape, $.text_reference)),
  },
});

function id($) {
  return field('id', alias($._first_id, $.id));
}

function title($) {
  return field('title', $.text);
}

function text($) {
  return field('text', $.text);
}

function list($, element) {
  return seq(element, repeat(seq($._comma, element)));
}

function word($) {
  return field('key', alias($._first_id, $.kind));
}

function count($) {
  return alias($._first_id, $.number);
}

function input($, word) {
  return seq(word, text($), optional($.amended), $._ends);
}

function verdict($, word) {
  return seq(
    word, id($), 'rated', field('rating', $.kind), optional('%'), optional($.evidence), optional($.because),
    optional($.amended), $._ends);
}

function observation($, word) {
  return seq(word, text($), optional(seq('of', list($, $.reference))), optional($.amended), $._ends);
}

function firstReference($) {
  return alias($._first_id, $.reference);
}

function firstList($) {
  return seq(firstReference($), repeat(seq($._comma, $.reference)));
}

function relation($, word) {
  return seq(word, firstList($), optional(text($)), $._ends);
}

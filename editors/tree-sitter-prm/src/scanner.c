// What a regular expression cannot say of .prm: where a statement ends, texts, comments, and words that are no ids.
//
// A statement is one line. It goes on where a comma stands last, or where the next line (blank lines and comments do
// not count) begins with a quote, an opening brace or a clause word. It ends with its line, before the `}` around it,
// or with the file. The end is a token without width, right behind the last token of the statement.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <string.h>

enum Token {
    END,
    CONTINUES,
    COMMENT,
    ODD_WORD,
    LINE_TEXT_START,
    BLOCK_TEXT_START,
    TEXT_END,
    TEXT_CHUNK,
    ESCAPE,
    TEXT_REFERENCE,
    UNCLOSED_TEXT,
    UNCLOSED_COMMENT,
    STRAY_TEXT,
    BETWEEN,
    AFTER_COMMA,
    IN_ERROR,
};

// Where the scanner stands. In CLOSING and above, as many quotes are still text before the three that close it.
enum Place { OUTSIDE, LINE_TEXT, BLOCK_TEXT, CLOSING };

typedef struct {
    uint8_t place;
    // Whether the last thing seen was a text that belongs to nothing; another one below it will not, either.
    bool after_stray_text;
    // Comments ahead within a statement that is known to go on behind them.
    uint16_t comments;
} Scanner;

// The words that carry a statement on from the start of a line; `UPDATE=1 cargo test editors` makes the list.
static const char *const CLAUSE_WORDS[] = {
    "satisfies", "partly", "because", "together", "achieves", "consumes", "produces", "in", "from", "to", "through",
    "kind", "extends", "as", "on",
};

enum { LONGEST_CLAUSE_WORD = 9 };

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

// White space of Unicode that is no control character separates words as a blank does.
static bool is_blank(int32_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
        c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool is_of_segment(int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// Whether no word goes on here; a slash has to be looked at more closely.
static bool ends_word(TSLexer *lexer) {
    int32_t c = lexer->lookahead;
    return lexer->eof(lexer) || is_blank(c) || c == '"' || c == ',' || c == '{' || c == '}';
}

// --- comments and the ends of statements

// Reads a comment from its second character on. False if it is never closed.
static bool read_comment(TSLexer *lexer, bool *breaks_line) {
    if (lexer->lookahead == '/') {
        while (!lexer->eof(lexer) && lexer->lookahead != '\n') advance(lexer);
        return true;
    }
    advance(lexer);
    while (!lexer->eof(lexer)) {
        bool is_star = lexer->lookahead == '*';
        *breaks_line |= lexer->lookahead == '\n';
        advance(lexer);
        if (is_star && lexer->lookahead == '/') {
            advance(lexer);
            return true;
        }
    }
    return false;
}

// Whether what begins a line carries a statement on; quotes do so, too.
static bool carries_on(TSLexer *lexer) {
    if (lexer->lookahead == '{') return true;
    char word[LONGEST_CLAUSE_WORD + 1] = {0};
    for (unsigned length = 0; length < LONGEST_CLAUSE_WORD && is_of_segment(lexer->lookahead); length++) {
        word[length] = (char)lexer->lookahead;
        advance(lexer);
    }
    bool is_clause_word = false;
    for (unsigned i = 0; i < sizeof(CLAUSE_WORDS) / sizeof(*CLAUSE_WORDS); i++)
        is_clause_word |= strcmp(word, CLAUSE_WORDS[i]) == 0;
    if (!is_clause_word) return false;
    if (lexer->lookahead != '/') return ends_word(lexer);
    // A comment ends the word, any other slash is part of it.
    advance(lexer);
    return lexer->lookahead == '/' || lexer->lookahead == '*';
}

// Looks past a comment, from its second character on, and those that follow. Whether the statement ends before them.
static bool ends_before_comments(Scanner *scanner, TSLexer *lexer, bool new_line) {
    for (unsigned comments = 1;; comments++) {
        if (!read_comment(lexer, &new_line)) return true;
        while (is_blank(lexer->lookahead) && !lexer->eof(lexer)) {
            new_line |= lexer->lookahead == '\n';
            advance(lexer);
        }
        if (lexer->eof(lexer) || lexer->lookahead == '}') return true;
        bool is_comment = false;
        if (lexer->lookahead == '/') {
            advance(lexer);
            is_comment = lexer->lookahead == '/' || lexer->lookahead == '*';
            if (!is_comment && new_line) return true;
        }
        if (!is_comment) {
            scanner->comments = comments < UINT16_MAX ? comments : UINT16_MAX;
            return new_line && lexer->lookahead != '"' && !carries_on(lexer);
        }
    }
}

static enum Token comment(Scanner *scanner, TSLexer *lexer) {
    if (scanner->comments > 0) scanner->comments--;
    if (lexer->lookahead == '*') {
        bool breaks_line = false;
        bool is_closed = read_comment(lexer, &breaks_line);
        lexer->mark_end(lexer);
        return is_closed ? COMMENT : UNCLOSED_COMMENT;
    }
    while (!lexer->eof(lexer) && lexer->lookahead != '\n') {
        bool is_return = lexer->lookahead == '\r';
        advance(lexer);
        // A carriage return before the line feed is no part of the comment.
        if (!is_return || lexer->lookahead != '\n') lexer->mark_end(lexer);
    }
    return COMMENT;
}

// --- words

// Reads a word. Whether it is one that no id can be; others are left to the grammar, which knows the words.
static bool read_odd_word(TSLexer *lexer, bool after_slash) {
    bool is_odd = after_slash, is_empty = !after_slash, is_qualified = false;
    lexer->mark_end(lexer);
    while (!ends_word(lexer)) {
        int32_t c = lexer->lookahead;
        advance(lexer);
        if (c == '/') {
            if (lexer->lookahead == '/' || lexer->lookahead == '*') break;
            is_odd = true;
        } else if (c == '.' || (c == ':' && !is_qualified)) {
            is_odd |= is_empty;
            is_empty = true;
            is_qualified |= c == ':';
        } else {
            is_odd |= !is_of_segment(c);
            is_empty = false;
        }
        lexer->mark_end(lexer);
    }
    return is_odd || is_empty;
}

// --- texts

// Whether a block of text is closed, from behind its opening quotes on.
static bool is_block_closed(TSLexer *lexer) {
    unsigned quotes = 0;
    while (!lexer->eof(lexer)) {
        if (lexer->lookahead == '\\') {
            advance(lexer);
            // The three quotes of an escape close nothing; fewer would not anyway.
            for (quotes = 0; quotes < 3 && lexer->lookahead == '"'; quotes++) advance(lexer);
            quotes = 0;
            continue;
        }
        quotes = lexer->lookahead == '"' ? quotes + 1 : 0;
        if (quotes == 3) return true;
        advance(lexer);
    }
    return false;
}

// Whether a text is closed on its line, from behind its opening quote on. If not, the token ends with the line.
static bool is_line_closed(TSLexer *lexer) {
    while (!lexer->eof(lexer) && lexer->lookahead != '\n') {
        int32_t c = lexer->lookahead;
        if (c == '"') return true;
        advance(lexer);
        if (c == '\\' && (lexer->lookahead == '"' || lexer->lookahead == '\\')) advance(lexer);
    }
    return false;
}

// Begins a text, or takes what is never closed: the rest of the line, or of the file.
static enum Token start_text(Scanner *scanner, TSLexer *lexer) {
    advance(lexer);
    lexer->mark_end(lexer);
    bool is_closed;
    if (lexer->lookahead == '"') {
        advance(lexer);
        if (lexer->lookahead == '"') {
            advance(lexer);
            lexer->mark_end(lexer);
            scanner->place = BLOCK_TEXT;
            is_closed = is_block_closed(lexer);
        } else {
            scanner->place = LINE_TEXT;
            is_closed = true;
        }
    } else {
        scanner->place = LINE_TEXT;
        is_closed = is_line_closed(lexer);
    }
    if (is_closed) return scanner->place == LINE_TEXT ? LINE_TEXT_START : BLOCK_TEXT_START;
    scanner->place = OUTSIDE;
    lexer->mark_end(lexer);
    return UNCLOSED_TEXT;
}

// Reads `[[ID]]`, of which the first bracket has been taken.
static bool read_text_reference(TSLexer *lexer) {
    advance(lexer);
    bool is_empty = true;
    while (!lexer->eof(lexer)) {
        int32_t c = lexer->lookahead;
        if (c == '[' || c == '"' || c == '\\' || c == '\n') return false;
        advance(lexer);
        if (c == ']') {
            if (is_empty || lexer->lookahead != ']') return false;
            advance(lexer);
            return true;
        }
        is_empty = false;
    }
    return false;
}

static bool is_hexadecimal(int32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Reads an escape, of which the backslash has been taken.
static bool read_escape(TSLexer *lexer, bool in_block) {
    int32_t c = lexer->lookahead;
    if (in_block) {
        unsigned wanted = c == '"' ? 3 : c == '[' ? 2 : 0;
        for (unsigned taken = 0; taken < wanted; taken++) {
            if (lexer->lookahead != c) return false;
            advance(lexer);
        }
        return wanted > 0;
    }
    if (c == 'u') {
        advance(lexer);
        if (lexer->lookahead != '{') return false;
        advance(lexer);
        unsigned digits = 0;
        for (; digits < 7 && is_hexadecimal(lexer->lookahead); digits++) advance(lexer);
        if (digits == 0 || lexer->lookahead != '}') return false;
    } else if (c != '"' && c != '\\' && c != 'n' && c != 't' && c != '[') {
        return false;
    }
    advance(lexer);
    return true;
}

// The quotes that may close a block of text. Of four or five in a row, the last three do.
static bool close_block(Scanner *scanner, TSLexer *lexer, bool is_chunk, enum Token *token) {
    unsigned quotes = 0;
    for (; quotes < 5 && lexer->lookahead == '"'; quotes++) {
        advance(lexer);
        if (quotes == 0 && !is_chunk) lexer->mark_end(lexer);
    }
    if (quotes < 3) return false;
    unsigned still_text = quotes - 3;
    *token = TEXT_CHUNK;
    scanner->place = CLOSING + still_text;
    if (is_chunk) return true;
    if (still_text > 0) {
        scanner->place--;
    } else {
        lexer->mark_end(lexer);
        scanner->place = OUTSIDE;
        *token = TEXT_END;
    }
    return true;
}

// The next part of a text: its end, an escape, a reference, or a stretch of anything else.
static enum Token continue_text(Scanner *scanner, TSLexer *lexer) {
    if (scanner->place >= CLOSING) {
        bool is_text = scanner->place > CLOSING;
        for (unsigned quotes = is_text ? 1 : 3; quotes > 0; quotes--) advance(lexer);
        lexer->mark_end(lexer);
        scanner->place = is_text ? scanner->place - 1 : OUTSIDE;
        return is_text ? TEXT_CHUNK : TEXT_END;
    }
    bool in_block = scanner->place == BLOCK_TEXT;
    for (bool is_chunk = false;; is_chunk = true) {
        lexer->mark_end(lexer);
        int32_t c = lexer->lookahead;
        if (lexer->eof(lexer) || (!in_block && c == '\n')) {
            scanner->place = OUTSIDE;
            return is_chunk ? TEXT_CHUNK : UNCLOSED_TEXT;
        }
        if (c == '"' && in_block) {
            enum Token token;
            if (close_block(scanner, lexer, is_chunk, &token)) return token;
            continue;
        }
        if (c == '"' || c == '\\') {
            if (is_chunk) return TEXT_CHUNK;
            advance(lexer);
            lexer->mark_end(lexer);
            if (c == '"') {
                scanner->place = OUTSIDE;
                return TEXT_END;
            }
            if (!read_escape(lexer, in_block)) return TEXT_CHUNK;
            lexer->mark_end(lexer);
            return ESCAPE;
        }
        advance(lexer);
        if (c == '[' && lexer->lookahead == '[') {
            if (is_chunk) return TEXT_CHUNK;
            lexer->mark_end(lexer);
            if (!read_text_reference(lexer)) return TEXT_CHUNK;
            lexer->mark_end(lexer);
            return TEXT_REFERENCE;
        }
    }
}

// Takes a whole text that stands where a statement should, so that no statement before it can take it for its own.
static enum Token take_stray_text(Scanner *scanner, TSLexer *lexer) {
    enum Token start = start_text(scanner, lexer);
    if (start == UNCLOSED_TEXT) return start;
    // The start has looked ahead up to the last quote.
    unsigned most = start == LINE_TEXT_START ? 1 : 3;
    for (unsigned quotes = 0; quotes < most && lexer->lookahead == '"'; quotes++) advance(lexer);
    lexer->mark_end(lexer);
    scanner->place = OUTSIDE;
    return STRAY_TEXT;
}

// --- the door

static bool scan(Scanner *scanner, TSLexer *lexer, const bool *valid, enum Token *token) {
    if (scanner->place != OUTSIDE) {
        *token = continue_text(scanner, lexer);
        return true;
    }
    // In an error everything is allowed, and nobody knows which statement is under way.
    bool is_under_way = !valid[IN_ERROR] && !valid[BETWEEN];
    bool new_line = false;
    lexer->mark_end(lexer);
    while (is_blank(lexer->lookahead) && !lexer->eof(lexer)) {
        new_line |= lexer->lookahead == '\n';
        lexer->advance(lexer, true);
    }
    *token = END;
    scanner->after_stray_text &= valid[IN_ERROR];
    if (lexer->eof(lexer) || lexer->lookahead == '}') return is_under_way;
    bool after_slash = lexer->lookahead == '/';
    if (after_slash) {
        advance(lexer);
        if (lexer->lookahead == '/' || lexer->lookahead == '*') {
            if (is_under_way && !valid[AFTER_COMMA] && scanner->comments == 0) {
                *token = ends_before_comments(scanner, lexer, new_line) ? END : CONTINUES;
                if (*token == END) scanner->comments = 0;
            } else {
                *token = comment(scanner, lexer);
            }
            return true;
        }
    }
    // What has been found out about comments ahead holds up to here.
    scanner->comments = 0;
    if (lexer->lookahead == '"' && !after_slash) {
        bool is_stray = valid[IN_ERROR] ? new_line && scanner->after_stray_text : valid[BETWEEN];
        *token = is_stray ? take_stray_text(scanner, lexer) : start_text(scanner, lexer);
        scanner->after_stray_text = is_stray;
        return true;
    }
    if (is_under_way && new_line && !valid[AFTER_COMMA]) return after_slash || !carries_on(lexer);
    // Behind a rating, the sign of percent is no word.
    if (lexer->lookahead == '%' && !valid[ODD_WORD]) return false;
    *token = ODD_WORD;
    return (after_slash || !ends_word(lexer)) && read_odd_word(lexer, after_slash);
}

bool tree_sitter_prm_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
    enum Token token;
    if (!scan(payload, lexer, valid, &token)) return false;
    lexer->result_symbol = token;
    return true;
}

void *tree_sitter_prm_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_prm_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_prm_external_scanner_serialize(void *payload, char *buffer) {
    memcpy(buffer, payload, sizeof(Scanner));
    return sizeof(Scanner);
}

void tree_sitter_prm_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    Scanner *scanner = payload;
    *scanner = (Scanner){0};
    if (length == sizeof(Scanner)) memcpy(scanner, buffer, length);
}

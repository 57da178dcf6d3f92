;;; prm-mode.el --- Process reference models (.prm)  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.1"))
;; Keywords: languages
;; URL: https://github.com/prm-lang/prm

;;; Commentary:

;; Colours, indentation and comments for .prm files.  With eglot, the language server `prm lsp' gives diagnostics,
;; hover, completion and all the rest: \\[eglot] starts it.  \\[compile] checks the package.

;;; Code:

(defgroup prm nil
  "Process reference models."
  :group 'languages)

(defcustom prm-program "prm"
  "The program `prm': a name on the search path, or a path."
  :type 'string)

(defcustom prm-indent-offset 2
  "How far a block stands to the right of its statement."
  :type 'natnum
  :safe #'natnump)

;; `UPDATE=1 cargo test editors` makes these lists of the compiler's table.

(defconst prm-declaration-words
  '("model" "group" "process" "outcome" "practice" "item" "annex" "reference" "field" "catalog" "clause" "requirement"
    "control" "crosswalk" "framework" "rating" "level" "attribute" "achievement" "assessment" "rules" "exhibit")
  "Words that begin statements, with an id behind them.")

(defconst prm-statement-words
  '("use" "purpose" "context" "note" "supports" "informs" "follows" "formerly" "characteristic" "term" "also" "label"
    "tailorable" "for" "new" "withdrawn" "scale" "reached" "weight" "edition" "source" "domain" "community"
    "consensus" "covers" "measured" "conforms" "exclude" "apply" "state" "drops" "order" "language" "notice"
    "foreword" "introduction" "scope" "overview" "extend" "replace" "omit" "allow" "sponsor" "unit" "period"
    "constraint" "documented" "confidentiality" "class" "independence" "assessor" "method" "target" "instances"
    "takes" "closed" "kinds" "shows" "at" "rate" "strength" "weakness")
  "The other words that begin statements.")

(defconst prm-change-words
  '("extend" "replace" "shows")
  "Words that begin statements, with another behind them.")

(defconst prm-changed-words
  '("process" "outcome" "group" "item" "practice" "purpose" "context" "term")
  "The words behind them.")

(defconst prm-clause-words
  '("satisfies" "partly" "because" "together" "achieves" "consumes" "produces" "in" "from" "to" "through" "kind"
    "extends" "as" "on")
  "Words that carry a statement on from the start of a line.")

(defconst prm-other-words
  '("with" "by" "groups" "models" "normative" "required" "equals" "equivalent" "subset" "superset" "intersects" "of"
    "rated" "lead" "below" "amended")
  "The other words within statements.")

(defconst prm--id "[A-Za-z0-9_-]+\\(?:[.:][A-Za-z0-9_-]+\\)*")

(defconst prm-font-lock-keywords
  `((,(concat "\\(?:^\\|[{}]\\)\\s-*\\(" (regexp-opt prm-declaration-words) "\\)\\s-+\\(" prm--id "\\)\\s-*\\(?:\"\\|$\\)")
     (1 font-lock-keyword-face) (2 font-lock-type-face))
    (,(concat "\\(?:^\\|[{}]\\)\\s-*\\(" (regexp-opt prm-change-words) "\\)\\s-+"
              "\\(" (regexp-opt prm-changed-words) "\\)\\_>")
     (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    (,(concat "\\(?:^\\|[{}]\\)\\s-*\\(" (regexp-opt (append prm-declaration-words prm-statement-words)) "\\)\\_>")
     1 font-lock-keyword-face)
    (,(concat "\\_<" (regexp-opt (append prm-clause-words prm-other-words)) "\\_>") . font-lock-builtin-face)
    ("\\[\\[[^][\"\\\n]+\\]\\]" 0 font-lock-constant-face prepend))
  "What `prm-mode' colours, beside texts and comments.")

(defvar prm-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?{ "(}" table)
    (modify-syntax-entry ?} "){" table)
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?: "_" table)
    (modify-syntax-entry ?' "." table)
    table)
  "The syntax table of `prm-mode'.")

(defun prm--propertize (start end)
  "Give the quotes between START and END their syntax."
  (goto-char start)
  (let ((around (nth 8 (syntax-ppss))))
    (when around (goto-char around)))
  (while (and (< (point) end) (re-search-forward "\"\\|//\\|/\\*" end t))
    (cond
     ((equal (match-string 0) "//") (end-of-line))
     ((equal (match-string 0) "/*") (search-forward "*/" nil 'move))
     ((looking-at "\"\"")
      (prm--fence (1- (point)))
      (forward-char 2)
      ;; Of four or five quotes in a row, the last three close; of an escape, none does.
      (while (and (re-search-forward "\\\\\"\"\"\\|\"\\{3,5\\}" nil 'move)
                  (eq (char-after (match-beginning 0)) ?\\)))
      (unless (eobp) (prm--fence (1- (point)))))
     (t (prm--line-text)))))

(defun prm--line-text ()
  "Go past the text that begins before point.  One that is not closed ends with its line."
  (let ((open (1- (point))))
    (while (progn (skip-chars-forward "^\"\\\\\n") (eq (char-after) ?\\))
      (forward-char (if (memq (char-after (1+ (point))) '(?\" ?\\)) 2 1)))
    (if (eq (char-after) ?\")
        (forward-char)
      (prm--fence open)
      (unless (eobp) (prm--fence (point))))))

(defun prm--fence (position)
  "Let the character at POSITION begin, or end, a text."
  (put-text-property position (1+ position) 'syntax-table (string-to-syntax "|")))

(defun prm--goes-on-p ()
  "Whether this line carries on a statement that began above it."
  (save-excursion
    (back-to-indentation)
    (or (looking-at "\"")
        (looking-at (concat (regexp-opt prm-clause-words) "\\(?:\\s-\\|$\\)"))
        (prm--after-comma-p))))

(defun prm--after-comma-p ()
  "Whether the last token before this line is a comma."
  (save-excursion
    (beginning-of-line)
    (forward-comment (- (point)))
    (eq (char-before) ?,)))

(defun prm--previous-line ()
  "Go to the line above that is no comment, blank, or inside of a text."
  (beginning-of-line)
  (forward-comment (- (point)))
  (let ((text (nth 8 (syntax-ppss (line-beginning-position)))))
    (when text (goto-char text)))
  (back-to-indentation))

(defun prm-indent-line ()
  "Indent this line.
Blocks stand to the right of their statement, and so do clauses on
lines of their own."
  (interactive)
  (unless (nth 8 (syntax-ppss (line-beginning-position)))
    (let ((column (prm--column)) (behind (- (point-max) (point))))
      (indent-line-to column)
      (when (> (- (point-max) behind) (point)) (goto-char (- (point-max) behind))))))

(defun prm--column ()
  "Where this line is to begin."
  (save-excursion
    (back-to-indentation)
    (let ((block (save-excursion
                   (let ((open (nth 1 (syntax-ppss))))
                     (if (null open) 0
                       (goto-char open)
                       (back-to-indentation)
                       (while (and (not (bobp)) (prm--goes-on-p)) (prm--previous-line))
                       (+ (current-column) prm-indent-offset))))))
      (cond
       ((looking-at "}") (max 0 (- block prm-indent-offset)))
       ((prm--after-comma-p)
        (prm--previous-line)
        (while (and (not (bobp)) (prm--after-comma-p)) (prm--previous-line))
        (+ (current-column) prm-indent-offset))
       ((and (looking-at "\\(?:because\\|together\\)\\_>")
             (save-excursion (prm--previous-line) (looking-at "\\(?:satisfies\\|partly\\)\\_>")))
        (prm--previous-line)
        (+ (current-column) prm-indent-offset))
       ((prm--goes-on-p) (+ block prm-indent-offset))
       (t block)))))

;;;###autoload
(define-derived-mode prm-mode prog-mode "PRM"
  "Major mode for process reference models."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip "\\(?://+\\|/\\*+\\)\\s-*")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'prm-indent-line)
  (setq-local syntax-propertize-function #'prm--propertize)
  (setq-local font-lock-defaults '(prm-font-lock-keywords))
  (setq-local imenu-generic-expression
              `(("Processes" ,(concat "^\\s-*process\\s-+\\(" prm--id "\\)") 1)
                ("Groups" ,(concat "^\\s-*group\\s-+\\(" prm--id "\\)") 1)
                ("Catalogs" ,(concat "^\\s-*catalog\\s-+\\(" prm--id "\\)") 1)))
  (setq-local compile-command (concat (shell-quote-argument prm-program) " check --message-format short ")))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.prm\\'" . prm-mode))

(with-eval-after-load 'eglot
  (defvar eglot-server-programs)
  (add-to-list 'eglot-server-programs (cons 'prm-mode (lambda (&rest _) (list prm-program "lsp")))))

(with-eval-after-load 'compile
  (defvar compilation-error-regexp-alist)
  (defvar compilation-error-regexp-alist-alist)
  (add-to-list 'compilation-error-regexp-alist 'prm)
  (add-to-list 'compilation-error-regexp-alist-alist
               '(prm "^\\([^:\n]+\\.prm\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(hint\\)\\)\\["
                     1 2 3 (4 . 5))))

(provide 'prm-mode)
;;; prm-mode.el ends here

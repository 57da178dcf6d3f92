;;; emacs.el --- Opens a model with a mistake in Emacs  -*- lexical-binding: t; -*-

;; emacs --batch -f package-initialize -L editors/emacs -l editors/tests/emacs.el MODEL
;; Waits for its diagnostics, a hover and completions, and looks at its colours and indentation.

(require 'prm-mode)
(require 'eglot)
(require 'flymake)

(defun test--check (what passed)
  "Say that WHAT works, or end with an error unless it PASSED."
  (unless passed
    (message "emacs: no %s" what)
    (kill-emacs 1))
  (message "emacs: %s" what))

(defun test--wait (passed)
  "Wait until PASSED is no longer nil, and return what it is then."
  (let ((end (+ (float-time) 30)) result)
    (while (and (not (setq result (funcall passed))) (< (float-time) end))
      (accept-process-output nil 0.05))
    result))

(defun test--go (words column)
  "Go to the COLUMN behind the start of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ (match-beginning 0) column)))

(defun test--ask (method)
  "What the server answers to METHOD at point."
  (test--wait (lambda () (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams)))))

(setq eglot-sync-connect 30)
(find-file (pop command-line-args-left))
(test--check "mode" (eq major-mode 'prm-mode))

(font-lock-ensure)
(test--go "VIS.1" 0)
(test--check "colour of an id" (eq (get-text-property (point) 'face) 'font-lock-type-face))

;; What `prm fmt' laid out stays as it is, and comes back when all indentation is taken away.
(dolist (file (append (file-expand-wildcards "../../examples/*.prm") (file-expand-wildcards "../../stdlib/iso33052/*.prm")))
  (with-temp-buffer
    (insert-file-contents file)
    (prm-mode)
    (let ((before (buffer-string)))
      (while (not (eobp))
        (unless (nth 8 (syntax-ppss)) (indent-line-to 0))
        (forward-line 1))
      (let ((inhibit-message t)) (indent-region (point-min) (point-max)))
      (test--check (concat "indentation of " (file-name-nondirectory file)) (equal before (buffer-string))))))

(call-interactively #'eglot)
(test--go "A.7.22" 0)
(test--check "diagnostic in its line"
             (test--wait (lambda ()
                           (flymake-start)
                           (seq-some (lambda (found) (string-match-p "A\\.7\\.22" (flymake-diagnostic-text found)))
                                     (flymake-diagnostics (point) (line-end-position))))))
(test--go "A.7.2\n" 1)
(test--check "hover" (string-match-p "Physical entry" (format "%S" (test--ask :textDocument/hover))))
(test--go "A.7.22" 6)
(test--check "completion" (string-match-p "A\\.7\\.4" (format "%S" (test--ask :textDocument/completion))))

;;; emacs.el ends here

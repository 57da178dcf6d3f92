(process block: (block) @class.inside) @class.around
(group block: (block) @class.inside) @class.around
(outcome) @function.around
(practice) @function.around
(reference) @parameter.inside
(comment) @comment.inside
(comment)+ @comment.around

(model id: (id) @name) @definition.module
(catalog id: (id) @name) @definition.module
(crosswalk id: (id) @name) @definition.module
(framework id: (id) @name) @definition.module
(group id: (id) @name) @definition.module
(process id: (id) @name) @definition.class
(outcome id: (id) @name) @definition.method
(practice id: (id) @name) @definition.method
(item id: (id) @name) @definition.type
(clause id: (id) @name) @definition.module
(requirement id: (id) @name) @definition.interface
(control id: (id) @name) @definition.interface
(field id: (id) @name) @definition.macro
(reference) @name @reference.call

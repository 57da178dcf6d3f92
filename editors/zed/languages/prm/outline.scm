(model "model" @context id: (id) @name title: (text) @context) @item
(group "group" @context id: (id) @name title: (text) @context) @item
(process "process" @context id: (id) @name title: (text) @context) @item
(outcome "outcome" @context id: (id) @name text: (text) @context) @item
(practice "practice" @context id: (id) @name) @item
(item "item" @context id: (id) @name title: (text) @context) @item
(catalog "catalog" @context id: (id) @name title: (text) @context) @item
(clause "clause" @context id: (id) @name title: (text) @context) @item
(requirement "requirement" @context id: (id) @name title: (text) @context) @item
(control "control" @context id: (id) @name title: (text) @context) @item
(crosswalk "crosswalk" @context id: (id) @name title: (text) @context) @item
(framework "framework" @context id: (id) @name title: (text) @context) @item

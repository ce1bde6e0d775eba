//! Undo and redo: the documents before and after the present one, the nearest last.

use std::collections::VecDeque;

use super::document::Document;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct History {
    past: VecDeque<Document>,
    future: Vec<Document>,
    drag: Option<Drag>,
}

/// A drag that has not ended: all its edits will be one entry.
#[derive(Debug, Clone, PartialEq)]
struct Drag {
    before: Document,
    has_edits: bool,
}

impl History {
    /// The number of edits that can be undone.
    pub(super) const MAX_ENTRIES: usize = 200;

    pub(super) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    pub(super) fn can_undo(&self) -> bool {
        self.drag.as_ref().is_some_and(|drag| drag.has_edits) || !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Records an edit by the document before it. During a drag, nothing but the fact is recorded.
    pub(super) fn record(&mut self, before: Document) {
        if let Some(drag) = &mut self.drag {
            drag.has_edits = true;
            return;
        }
        if self.past.len() == Self::MAX_ENTRIES {
            self.past.pop_front();
        }
        self.past.push_back(before);
        self.future.clear();
    }

    /// Gathers the edits from here on into one entry; ends a drag that nobody ended.
    pub(super) fn begin_drag(&mut self, present: &Document) {
        self.end_drag(present);
        self.drag = Some(Drag { before: present.clone(), has_edits: false });
    }

    /// Records the edits of the drag as one entry, unless they cancelled each other out.
    pub(super) fn end_drag(&mut self, present: &Document) {
        if let Some(Drag { before, has_edits: true }) = self.drag.take()
            && before != *present
        {
            self.record(before);
        }
    }

    /// Restores the document from before the drag, without an entry.
    pub(super) fn cancel_drag(&mut self, present: &mut Document) {
        if let Some(drag) = self.drag.take() {
            *present = drag.before;
        }
    }

    /// Goes one entry back; a drag that has not ended is that entry.
    pub(super) fn undo(&mut self, present: &mut Document) {
        self.end_drag(present);
        if let Some(before) = self.past.pop_back() {
            self.future.push(std::mem::replace(present, before));
        }
    }

    /// Goes one entry forward, if one was undone since the last edit.
    pub(super) fn redo(&mut self, present: &mut Document) {
        self.end_drag(present);
        if let Some(after) = self.future.pop() {
            self.past.push_back(std::mem::replace(present, after));
        }
    }
}

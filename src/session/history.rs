//! Undo and redo: the documents before and after, the nearest last.

use std::collections::VecDeque;

use super::change::Change;
use super::document::Document;

/// What was before, what was undone, and a drag that is under way.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct History {
    past: VecDeque<Entry>,
    future: Vec<Entry>,
    drag: Option<Drag>,
}

/// An edit, and the document on its other side.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    document: Document,
    change: Change,
}

/// Edits that will be one.
#[derive(Debug, Clone, PartialEq)]
struct Drag {
    before: Document,
    change: Option<Change>,
}

impl History {
    /// How many edits can be taken back.
    pub(super) const MOST: usize = 200;

    pub(super) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// What would be taken back: a drag under way, or the last edit.
    pub(super) fn undo_label(&self) -> Option<&Change> {
        let dragged = self.drag.as_ref().and_then(|drag| drag.change.as_ref());
        dragged.or_else(|| self.past.back().map(|entry| &entry.change))
    }

    pub(super) fn redo_label(&self) -> Option<&Change> {
        self.future.last().map(|entry| &entry.change)
    }

    /// Notes an edit and the document before it. While something is dragged, the first edit stands for all.
    pub(super) fn record(&mut self, before: Document, change: Change) {
        if let Some(drag) = &mut self.drag {
            drag.change.get_or_insert(change);
            return;
        }
        if self.past.len() == Self::MOST {
            self.past.pop_front();
        }
        self.past.push_back(Entry { document: before, change });
        self.future.clear();
    }

    /// Lets the edits from here on be one; a drag that nobody ended is ended.
    pub(super) fn begin_drag(&mut self, now: &Document) {
        self.end_drag(now);
        self.drag = Some(Drag { before: now.clone(), change: None });
    }

    /// Notes all edits of the drag as one, unless they came to nothing.
    pub(super) fn end_drag(&mut self, now: &Document) {
        if let Some(Drag { before, change: Some(change) }) = self.drag.take()
            && before != *now
        {
            self.record(before, change);
        }
    }

    /// Makes all edits of the drag undone.
    pub(super) fn cancel_drag(&mut self, now: &mut Document) {
        if let Some(drag) = self.drag.take() {
            *now = drag.before;
        }
    }

    /// Goes one edit back; a drag under way is that edit.
    pub(super) fn undo(&mut self, now: &mut Document) {
        self.end_drag(now);
        if let Some(Entry { document, change }) = self.past.pop_back() {
            self.future.push(Entry { document: std::mem::replace(now, document), change });
        }
    }

    /// Goes one edit forward, where one was undone since the last new one.
    pub(super) fn redo(&mut self, now: &mut Document) {
        self.end_drag(now);
        if let Some(Entry { document, change }) = self.future.pop() {
            self.past.push_back(Entry { document: std::mem::replace(now, document), change });
        }
    }
}

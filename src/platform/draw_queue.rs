//! Spreads the work of several charts over animation frames.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;

/// A signal update that waits for its frame.
type Update = Box<dyn FnOnce()>;

/// Runs one pending update per animation frame, so that in a drag no frame has to compute and draw more than
/// one chart.
#[derive(Clone, Default)]
pub(crate) struct DrawQueue(Rc<RefCell<VecDeque<(usize, Update)>>>);

impl DrawQueue {
    /// Follows `source` one or a few frames later: what is computed from the result is computed and drawn in
    /// a frame for itself.
    pub(crate) fn defer<T: Clone + Send + Sync + 'static>(&self, id: usize, source: Memo<T>) -> Signal<T> {
        let deferred = RwSignal::new(source.get_untracked());
        let queue = self.clone();
        Effect::new(move |previous: Option<()>| {
            source.track();
            if previous.is_some() {
                queue.push(
                    id,
                    Box::new(move || {
                        // The page may have been left in the meantime.
                        if let Some(value) = source.try_get_untracked() {
                            let _ = deferred.try_set(value);
                        }
                    }),
                );
            }
        });
        deferred.into()
    }

    /// Adds an update, or replaces the one of the same id that has not run yet.
    fn push(&self, id: usize, update: Update) {
        let mut pending = self.0.borrow_mut();
        match pending.iter_mut().find(|(other, _)| *other == id) {
            Some((_, waiting)) => *waiting = update,
            None => pending.push_back((id, update)),
        }
        if pending.len() == 1 {
            drop(pending);
            self.schedule();
        }
    }

    fn schedule(&self) {
        let queue = self.clone();
        request_animation_frame(move || {
            let next = queue.0.borrow_mut().pop_front();
            if !queue.0.borrow().is_empty() {
                queue.schedule();
            }
            if let Some((_, update)) = next {
                update();
            }
        });
    }
}

//! Queues of slab entries.

use super::slab::{Links, NONE, Slab};

/// A queue that is linked through the entries of a slab. An entry can leave from any position in constant
/// time, and no queue allocates memory. An entry may be in one queue at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinkedQueue {
    front: u32,
    back: u32,
}

impl Default for LinkedQueue {
    fn default() -> Self {
        Self { front: NONE, back: NONE }
    }
}

impl LinkedQueue {
    pub(crate) fn push_back<T>(&mut self, slab: &mut Slab<T>, key: u32) {
        *slab.links_mut(key) = Links { previous: self.back, next: NONE };
        if self.back == NONE {
            self.front = key;
        } else {
            slab.links_mut(self.back).next = key;
        }
        self.back = key;
    }

    pub(crate) fn pop_front<T>(&mut self, slab: &mut Slab<T>) -> Option<u32> {
        let front = (self.front != NONE).then_some(self.front)?;
        self.remove(slab, front);
        Some(front)
    }

    pub(crate) fn pop_back<T>(&mut self, slab: &mut Slab<T>) -> Option<u32> {
        let back = (self.back != NONE).then_some(self.back)?;
        self.remove(slab, back);
        Some(back)
    }

    pub(crate) fn remove<T>(&mut self, slab: &mut Slab<T>, key: u32) {
        let Links { previous, next } = *slab.links_mut(key);
        if previous == NONE {
            self.front = next;
        } else {
            slab.links_mut(previous).next = next;
        }
        if next == NONE {
            self.back = previous;
        } else {
            slab.links_mut(next).previous = previous;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_can_be_left_anywhere() {
        let mut slab = Slab::default();
        let keys: Vec<u32> = ('a'..='f').map(|letter| slab.insert(letter)).collect();
        let mut queue = LinkedQueue::default();
        for &key in &keys {
            queue.push_back(&mut slab, key);
        }
        for index in [2, 0, 5] {
            queue.remove(&mut slab, keys[index]);
        }
        assert_eq!(queue.pop_front(&mut slab), Some(keys[1]));
        assert_eq!(queue.pop_back(&mut slab), Some(keys[4]));
        assert_eq!(queue.pop_back(&mut slab), Some(keys[3]));
        assert_eq!((queue.pop_front(&mut slab), queue.pop_back(&mut slab)), (None, None));
    }
}

//! Storage of what is in flight, with stable keys.

use std::ops::{Index, IndexMut};

/// The key of no entry.
pub(crate) const NONE: u32 = u32::MAX;

/// Entries of one kind. Free slots are reused first, so that a run at its peak allocates nothing more.
#[derive(Debug, Clone)]
pub(crate) struct Slab<T> {
    slots: ::slab::Slab<Slot<T>>,
    last_generation: u32,
}

#[derive(Debug, Clone, Copy)]
struct Slot<T> {
    value: T,
    generation: u32,
    links: Links,
}

/// The neighbours of an entry in the queue that it is in, see
/// [`LinkedQueue`](super::linked_queue::LinkedQueue).
#[derive(Debug, Clone, Copy)]
pub(super) struct Links {
    pub(super) previous: u32,
    pub(super) next: u32,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { slots: ::slab::Slab::new(), last_generation: 0 }
    }
}

impl<T> Slab<T> {
    pub(crate) fn insert(&mut self, value: T) -> u32 {
        if self.slots.len() == self.slots.capacity() {
            // Grows by half instead of doubling, so that the memory limit is close to what is really used.
            self.slots.reserve_exact((self.slots.len() / 2).max(64));
        }
        self.last_generation = self.last_generation.wrapping_add(1);
        self.slots.insert(Slot {
            value,
            generation: self.last_generation,
            links: Links { previous: NONE, next: NONE },
        }) as u32
    }

    pub(crate) fn remove(&mut self, key: u32) -> T {
        self.slots.remove(key as usize).value
    }

    pub(crate) fn len(&self) -> u32 {
        self.slots.len() as u32
    }

    /// Returns a number that distinguishes an entry from former entries with the same key.
    pub(crate) fn generation(&self, key: u32) -> u32 {
        self.slots[key as usize].generation
    }

    /// Returns the entry with a key, unless it was removed since it had this generation.
    pub(crate) fn get(&self, key: u32, generation: u32) -> Option<&T> {
        let slot = self.slots.get(key as usize).filter(|slot| slot.generation == generation);
        slot.map(|slot| &slot.value)
    }

    pub(super) fn links_mut(&mut self, key: u32) -> &mut Links {
        &mut self.slots[key as usize].links
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.slots.iter().map(|(key, slot)| (key as u32, &slot.value))
    }

    /// Returns the allocated memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot<T>>()
    }
}

impl<T> Index<u32> for Slab<T> {
    type Output = T;
    fn index(&self, key: u32) -> &T {
        &self.slots[key as usize].value
    }
}

impl<T> IndexMut<u32> for Slab<T> {
    fn index_mut(&mut self, key: u32) -> &mut T {
        &mut self.slots[key as usize].value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_reused_and_told_apart() {
        let mut slab = Slab::default();
        let (first, second) = (slab.insert('a'), slab.insert('b'));
        let generation = slab.generation(first);
        assert_eq!(slab.get(first, generation), Some(&'a'));
        assert_eq!(slab.remove(first), 'a');
        assert_eq!(slab.get(first, generation), None);
        assert_eq!(slab.insert('c'), first);
        assert_eq!(slab.get(first, generation), None);
        assert_eq!((slab[first], slab[second], slab.len()), ('c', 'b', 2));
        slab.remove(second);
        assert_eq!(slab.iter().collect::<Vec<_>>(), [(first, &'c')]);
    }
}

//! Places for what is in flight, used again and again, and lines through them.

use std::ops::{Index, IndexMut};

/// No place.
pub(super) const NONE: u32 = u32::MAX;

/// Places for values of one kind. A place that was freed is taken again first, so that a run that has reached its
/// greatest number in flight allocates nothing more.
#[derive(Debug, Clone)]
pub(super) struct Slab<T> {
    slots: Vec<Slot<T>>,
    free: u32,
    taken: u32,
}

#[derive(Debug, Clone, Copy)]
struct Slot<T> {
    value: T,
    /// Odd while the place is taken; counts how often it has changed hands.
    generation: u32,
    previous: u32,
    next: u32,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), free: NONE, taken: 0 }
    }
}

impl<T: Copy> Slab<T> {
    /// Takes a place for a value.
    pub(super) fn insert(&mut self, value: T) -> u32 {
        self.taken += 1;
        let place = self.free;
        if let Some(slot) = self.slots.get_mut(place as usize) {
            self.free = slot.next;
            *slot = Slot { value, generation: slot.generation.wrapping_add(1), previous: NONE, next: NONE };
            return place;
        }
        let place = self.slots.len();
        if place == self.slots.capacity() {
            // Half as much again instead of twice as much: the bound on memory is then near what is really used.
            self.slots.reserve_exact((place / 2).max(64));
        }
        self.slots.push(Slot { value, generation: 1, previous: NONE, next: NONE });
        place as u32
    }

    /// Gives a place back.
    pub(super) fn remove(&mut self, place: u32) -> T {
        let slot = &mut self.slots[place as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.next = self.free;
        self.free = place;
        self.taken -= 1;
        slot.value
    }

    /// How many places are taken.
    pub(super) fn len(&self) -> u32 {
        self.taken
    }

    /// What tells the value in a place from those that were there before.
    pub(super) fn generation(&self, place: u32) -> u32 {
        self.slots[place as usize].generation
    }

    /// The values in flight with their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let slots = self.slots.iter().enumerate();
        slots.filter(|(_, slot)| slot.generation % 2 == 1).map(|(place, slot)| (place as u32, &slot.value))
    }

    /// The bytes that the places have taken.
    pub(super) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot<T>>()
    }
}

impl<T> Index<u32> for Slab<T> {
    type Output = T;
    fn index(&self, place: u32) -> &T {
        &self.slots[place as usize].value
    }
}

impl<T> IndexMut<u32> for Slab<T> {
    fn index_mut(&mut self, place: u32) -> &mut T {
        &mut self.slots[place as usize].value
    }
}

/// A waiting line through the places of a slab; a value stands in one line at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    head: u32,
    tail: u32,
}

impl Default for Line {
    fn default() -> Self {
        Self { head: NONE, tail: NONE }
    }
}

impl Line {
    /// Who has waited longest.
    pub(super) fn first(self) -> Option<u32> {
        (self.head != NONE).then_some(self.head)
    }

    /// Who came last.
    pub(super) fn last(self) -> Option<u32> {
        (self.tail != NONE).then_some(self.tail)
    }

    /// Stands at the end of the line.
    pub(super) fn join<T>(&mut self, slab: &mut Slab<T>, place: u32) {
        let slot = &mut slab.slots[place as usize];
        (slot.previous, slot.next) = (self.tail, NONE);
        match slab.slots.get_mut(self.tail as usize) {
            Some(before) => before.next = place,
            None => self.head = place,
        }
        self.tail = place;
    }

    /// Leaves the line, from wherever it stands.
    pub(super) fn leave<T>(&mut self, slab: &mut Slab<T>, place: u32) {
        let slot = &slab.slots[place as usize];
        let (previous, next) = (slot.previous, slot.next);
        match slab.slots.get_mut(previous as usize) {
            Some(before) => before.next = next,
            None => self.head = next,
        }
        match slab.slots.get_mut(next as usize) {
            Some(after) => after.previous = previous,
            None => self.tail = previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_used_again_and_told_apart() {
        let mut slab = Slab::default();
        let (first, second) = (slab.insert('a'), slab.insert('b'));
        let before = slab.generation(first);
        assert_eq!(slab.remove(first), 'a');
        assert_eq!(slab.insert('c'), first);
        assert_ne!(slab.generation(first), before);
        assert_eq!((slab[first], slab[second], slab.len()), ('c', 'b', 2));
        slab.remove(second);
        assert_eq!(slab.iter().collect::<Vec<_>>(), [(first, &'c')]);
    }

    #[test]
    fn a_line_can_be_left_anywhere() {
        let mut slab = Slab::default();
        let places: Vec<u32> = ('a'..='e').map(|letter| slab.insert(letter)).collect();
        let mut line = Line::default();
        for &place in &places {
            line.join(&mut slab, place);
        }
        for gone in [2, 0, 4] {
            line.leave(&mut slab, places[gone]);
        }
        assert_eq!((line.first(), line.last()), (Some(places[1]), Some(places[3])));
        for _ in 0..2 {
            let first = line.first().unwrap();
            line.leave(&mut slab, first);
        }
        assert_eq!((line.first(), line.last()), (None, None));
    }
}

//! Bytes as characters that need no escaping in an address: Base64 of RFC 4648 with `-` and `_`, without padding.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The characters for some bytes: four for each three, two or three for what is left.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits =
            (0..3).fold(0, |bits, place| bits << 8 | group.get(place).map_or(0, |byte| usize::from(*byte)));
        let characters = (0..=group.len()).map(|place| ALPHABET[bits >> (18 - 6 * place) & 63]);
        text.extend(characters.map(char::from));
    }
    text
}

/// The bytes for some characters; none where one of them is of no such text, or bits are left over that are not zero.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for place in 0..4 {
            bits = bits << 6 | group.get(place).map_or(Some(0), |character| value(*character))?;
        }
        let [_, decoded @ ..] = u32::to_be_bytes(bits);
        let (here, beyond) = decoded.split_at(group.len() - 1);
        if here.is_empty() || beyond.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend(here);
    }
    Some(bytes)
}

fn value(character: u8) -> Option<u32> {
    ALPHABET.iter().position(|known| *known == character).map(|value| value as u32)
}

#[cfg(test)]
mod tests {
    use ::base64::Engine;
    use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_values_of_the_standard_come_out() {
        let pairs =
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")];
        for (plain, encoded) in pairs {
            assert_eq!(encode(plain.as_bytes()), encoded);
            assert_eq!(decode(encoded).unwrap(), plain.as_bytes());
        }
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }

    proptest! {
        #[test]
        fn bytes_are_written_as_the_library_writes_them(bytes in vec(any::<u8>(), 0..99)) {
            prop_assert_eq!(encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes));
        }

        #[test]
        fn texts_are_read_or_refused_as_the_library_does(text in "[A-Za-z0-9_+/= -]{0,9}") {
            prop_assert_eq!(decode(&text), URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }
}

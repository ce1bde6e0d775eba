//! The checksum that tells a damaged link from a whole one.

/// The CRC-32 of ISO 3309, as in gzip and PNG, bit by bit: links are short, and a table would be longer than they are.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const REVERSED_POLYNOMIAL: u32 = 0xEDB8_8320;
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (REVERSED_POLYNOMIAL & (crc & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        for (bytes, crc) in [(&b"123456789"[..], 0xCBF4_3926), (b"", 0), (b"a", 0xE8B7_BE43)] {
            assert_eq!(crc32(bytes), crc, "{bytes:?}");
        }
    }
}

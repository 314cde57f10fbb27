//! Decoding that reports the byte at which Go's decoders stop.

const PAD: u8 = b'=';

/// The bytes of standard base64; line ends are skipped, padding is demanded.
pub(crate) fn base64(input: &[u8]) -> Result<Vec<u8>, String> {
    let corrupt = |place: usize| Err(format!("illegal base64 data at input byte {place}"));
    let mut output = Vec::with_capacity(input.len() / 4 * 3 + 3);
    let mut place = 0;
    loop {
        let (mut bits, mut digits) = (0_u32, 0_usize);
        while digits < 4 {
            let Some(&byte) = input.get(place) else {
                return if digits == 0 { Ok(output) } else { corrupt(place - digits) };
            };
            place += 1;
            match (base64_digit(byte), byte) {
                (Some(digit), _) => {
                    bits = bits << 6 | digit;
                    digits += 1;
                }
                (None, b'\n' | b'\r') => {}
                (None, PAD) if digits >= 2 => {
                    return match end_of_padding(input, place, digits) {
                        Ok(()) => {
                            let [_, bytes @ ..] = (bits << (6 * (4 - digits))).to_be_bytes();
                            output.extend(bytes.iter().take(digits - 1));
                            Ok(output)
                        }
                        Err(wrong) => corrupt(wrong),
                    };
                }
                _ => return corrupt(place - 1),
            }
        }
        let [_, bytes @ ..] = bits.to_be_bytes();
        output.extend(bytes);
    }
}

/// Checks what follows the first padding character; the error is the wrong byte's place.
fn end_of_padding(input: &[u8], mut place: usize, digits: usize) -> Result<(), usize> {
    let skip = |mut place: usize| {
        while matches!(input.get(place), Some(b'\n' | b'\r')) {
            place += 1;
        }
        place
    };
    if digits == 2 {
        place = skip(place);
        match input.get(place) {
            None => return Err(input.len()),
            Some(&PAD) => place += 1,
            Some(_) => return Err(place - 1),
        }
    }
    place = skip(place);
    if place < input.len() { Err(place) } else { Ok(()) }
}

fn base64_digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

/// The bytes of standard base32; line ends are skipped, padding is demanded.
pub(super) fn base32(input: &[u8]) -> Result<Vec<u8>, String> {
    let corrupt = |place: usize| Err(format!("illegal base32 data at input byte {place}"));
    let input: Vec<u8> = input.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let mut output = Vec::with_capacity(input.len() / 8 * 5 + 5);
    let mut place = 0;
    while place < input.len() {
        let (mut bits, mut digits) = (0_u64, 0_usize);
        while digits < 8 {
            let Some(&byte) = input.get(place) else { return corrupt(input.len() - digits) };
            place += 1;
            let left = input.len() - place;
            if byte == PAD && digits >= 2 && left < 8 {
                if left + digits < 7 {
                    return corrupt(input.len());
                }
                let rest = input.get(place..).unwrap_or_default();
                if let Some(wrong) = rest.iter().take(7 - digits).position(|&byte| byte != PAD) {
                    return corrupt((place + wrong).saturating_sub(1));
                }
                if matches!(digits, 3 | 6) {
                    return corrupt(place - 1);
                }
                bits <<= 5 * (8 - digits);
                let [_, _, _, bytes @ ..] = bits.to_be_bytes();
                output.extend(bytes.iter().take(digits * 5 / 8));
                return Ok(output);
            }
            let Some(digit) = base32_digit(byte) else { return corrupt(place - 1) };
            bits = bits << 5 | digit;
            digits += 1;
        }
        let [_, _, _, bytes @ ..] = bits.to_be_bytes();
        output.extend(bytes);
    }
    Ok(output)
}

fn base32_digit(byte: u8) -> Option<u64> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'2'..=b'7' => byte - b'2' + 26,
        _ => return None,
    };
    Some(u64::from(digit))
}

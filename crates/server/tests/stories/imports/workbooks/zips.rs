//! Zip files made by hand, with whatever sizes they claim, and streams of deflate that unpack to a thousand times as much.

/// A zip file that grows.
#[derive(Default)]
pub struct Zip {
    file: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

/// What a part claims.
struct Claim {
    method: u16,
    check: u32,
    bytes: u32,
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

impl Zip {
    /// A part as it is.
    pub fn part(self, name: &str, bytes: &[u8]) -> Self {
        let length = u32::try_from(bytes.len()).expect("a small part");
        self.raw(name, bytes, &Claim { method: STORED, check: crc32(bytes), bytes: length })
    }

    /// A part that unpacks to so many blanks and one more, and claims another length.
    pub fn blanks(self, name: &str, blanks: u64, claimed: u64) -> Self {
        let claimed = u32::try_from(claimed).expect("a claim");
        self.raw(name, &deflated_blanks(blanks / 258), &Claim { method: DEFLATED, check: 0, bytes: claimed })
    }

    fn raw(mut self, name: &str, bytes: &[u8], claim: &Claim) -> Self {
        let offset = u32::try_from(self.file.len()).expect("a small file");
        let packed = u32::try_from(bytes.len()).expect("a small part");
        let length = u16::try_from(name.len()).expect("a short name");
        let mut common = Vec::new();
        for short in [20, 0, claim.method, 0, 0x21] {
            common.extend(u16::to_le_bytes(short));
        }
        for long in [claim.check, packed, claim.bytes] {
            common.extend(u32::to_le_bytes(long));
        }
        common.extend(length.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        self.file.extend(0x0403_4b50_u32.to_le_bytes());
        self.file.extend(&common);
        self.file.extend(name.as_bytes());
        self.file.extend(bytes);
        self.directory.extend(0x0201_4b50_u32.to_le_bytes());
        self.directory.extend(20_u16.to_le_bytes());
        self.directory.extend(&common);
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.parts += 1;
        self
    }

    /// The whole file.
    pub fn bytes(self) -> Vec<u8> {
        let mut end = 0x0605_4b50_u32.to_le_bytes().to_vec();
        end.extend([0; 4]);
        end.extend(self.parts.to_le_bytes());
        end.extend(self.parts.to_le_bytes());
        for long in [self.directory.len(), self.file.len()] {
            end.extend(u32::try_from(long).expect("a small file").to_le_bytes());
        }
        end.extend([0; 2]);
        [self.file, self.directory, end].concat()
    }
}

/// A workbook with one sheet, whose part is still to be added.
pub fn workbook() -> Zip {
    const SPACE: &str = "http://schemas.openxmlformats.org/";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{SPACE}package/2006/relationships"><Relationship Id="rId1" Type="{SPACE}officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let book = format!(
        r#"<workbook xmlns="{SPACE}spreadsheetml/2006/main" xmlns:r="{SPACE}officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    Zip::default()
        .part("[Content_Types].xml", b"<Types/>")
        .part("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes())
        .part("xl/workbook.xml", book.as_bytes())
        .part("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes())
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// Bits as deflate packs them.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    length: usize,
}

impl Bits {
    /// A number, its lowest bit first.
    fn number(&mut self, value: u32, bits: usize) {
        for at in 0..bits {
            if self.length.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= u8::from(value >> at & 1 == 1) << (self.length % 8);
            self.length += 1;
        }
    }

    /// A code, its highest bit first.
    fn code(&mut self, code: &str) {
        code.bytes().for_each(|bit| self.number(u32::from(bit == b'1'), 1));
    }
}

/// One block of deflate: a blank, and so many times the 258 bytes before again, two bits each.
fn deflated_blanks(times: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, with codes of its own: 286 lengths, one distance, 18 code lengths.
    for (value, length) in [(1, 1), (2, 2), (29, 5), (0, 5), (14, 4)] {
        bits.number(value, length);
    }
    // In the order 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] {
        bits.number(length, 3);
    }
    let zeros = |bits: &mut Bits, count: u32| {
        bits.code("0");
        bits.number(count - 11, 7);
    };
    zeros(&mut bits, 32);
    bits.code("11"); // A blank: two bits.
    zeros(&mut bits, 138);
    zeros(&mut bits, 85);
    bits.code("11"); // The end: two bits.
    zeros(&mut bits, 28);
    bits.code("10"); // 258 bytes again: one bit.
    bits.code("10"); // From one byte before: one bit.
    bits.code("10");
    for _ in 0..times {
        bits.number(0, 2);
    }
    bits.code("11");
    bits.bytes
}

/** Names, streets and towns of a county that is on no map. Common names of many origins; nobody is meant. */

export type Origin = {
  /** how many of a hundred households */
  share: number;
  female: readonly string[];
  male: readonly string[];
  family: readonly string[];
  /** what is spoken at home, and how often it is not English */
  language: string;
  otherLanguage: number;
};

const words = (text: string) => text.trim().split(/\s+/);

export const origins: readonly Origin[] = [
  {
    share: 44,
    female: words(
      'Mary Linda Susan Karen Donna Emily Ashley Hannah Olivia Emma Abigail Grace Nora Ruth Helen Julia Alice Claire Megan Lauren Hazel Violet Stella Paige Brooke Margaret Frances Joan Carol Diane Heather Amber Kayla Leah Eleanor',
    ),
    male: words(
      'James Robert John William David Thomas Mark Paul Steven Andrew Kevin Brian Jason Ryan Jacob Ethan Noah Liam Henry Owen Caleb Luke Samuel Walter Frank George Harold Dennis Peter Scott Kyle Austin Cole Dylan Gavin',
    ),
    family: words(
      "Smith Johnson Miller Davis Wilson Anderson Taylor Moore Clark Lewis Walker Hall Allen Young King Wright Hill Scott Green Baker Adams Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long Patterson Hughes Washburn Whitaker Langley O'Brien O'Connor MacLeod McCarthy",
    ),
    language: 'en',
    otherLanguage: 0,
  },
  {
    share: 18,
    female: words(
      'María Sofía Lucía Valentina Camila Isabella Gabriela Daniela Ana Rosa Carmen Elena Inés Beatriz Marisol Paola Ximena Renata Luz Noemí',
    ),
    male: words(
      'José Luis Carlos Juan Miguel Ángel Diego Mateo Santiago Andrés Rafael Javier Raúl Héctor Óscar Iván Tomás Emilio Joaquín Martín',
    ),
    family: words(
      'García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Cruz Morales Ortiz Núñez Peña Muñoz Ibáñez Delgado Castañeda Vásquez Guzmán Quiñones',
    ),
    language: 'es',
    otherLanguage: 0.45,
  },
  {
    share: 12,
    female: words(
      'Keisha Aaliyah Imani Jada Tamika Ebony Nia Simone Monique Latoya Zora Denise Yolanda Brianna Amara',
    ),
    male: words(
      'Darnell Malik Jamal Terrence Marcus Isaiah Andre Xavier DeShawn Tyrone Elijah Curtis Reginald Kofi Omari',
    ),
    family: words(
      'Washington Jefferson Jackson Booker Banks Gaines Mosley Tubman Freeman Okafor Mensah Charles Joseph Robinson Harris Thompson Dixon Hayes Simmons Bryant',
    ),
    language: 'en',
    otherLanguage: 0,
  },
  {
    share: 5,
    female: words('Linh Mai Thảo Hương Ngọc Phương Lan Trinh Yến Hạnh'),
    male: words('Minh Tuấn Hùng Dũng Quang Bảo Khoa Long Đức Phúc'),
    family: words('Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ'),
    language: 'vi',
    otherLanguage: 0.4,
  },
  {
    share: 5,
    female: words('Wei Mei Xiu Lihua Jing Ying Fang Min-ji Soo-jin Hye-won Yuki Aiko'),
    male: words('Jun Hao Ming Chen Bo Jian Min-jun Joon-ho Sung Kenji Haruto Takeshi'),
    family: words('Chen Wang Li Zhang Liu Huang Wu Zhou Kim Park Choi Tanaka Sato Nakamura'),
    language: 'zh',
    otherLanguage: 0.3,
  },
  {
    share: 5,
    female: words('Priya Anjali Kavita Neha Lakshmi Meera Fatima Ayesha Zainab Nadia'),
    male: words('Arjun Rohan Vikram Sanjay Rahul Imran Bilal Omar Farid Hassan'),
    family: words('Patel Sharma Gupta Reddy Iyer Khan Ahmed Rahman Hussain Haddad Nasser Singh'),
    language: 'hi',
    otherLanguage: 0.15,
  },
  {
    share: 6,
    female: words('Agnieszka Małgorzata Zofia Katarzyna Zuzana Hana Irina Oksana Tereza Jelena'),
    male: words('Paweł Łukasz Michał Tomáš Jiří Bogdan Dmytro Ivan Zoran Marek'),
    family: words(
      'Kowalski Wiśniewski Zieliński Wójcik Nowák Dvořák Šimek Horváth Petrović Kovačević Bondarenko Melnyk',
    ),
    language: 'pl',
    otherLanguage: 0.2,
  },
  {
    share: 5,
    female: words('Chloé Élodie Mirlande Guerda Naïka Beatriz Inês Joana Søren-Marie Åsa'),
    male: words('François Étienne Jean-Claude Wilner Dieudonné João Tiago Søren Björn Jürgen'),
    family: words(
      'Beauséjour Toussaint Désir Lefèvre Gagné Silva Gonçalves Magalhães Sørensen Lindström Müller Jäger',
    ),
    language: 'ht',
    otherLanguage: 0.25,
  },
];

/** Town and ZIP in Alder County. */
export const towns: readonly (readonly [name: string, zip: string])[] = [
  ['Alderton', '14991'],
  ['Alderton', '14992'],
  ['Elm Crossing', '14993'],
  ['Port Harlan', '14994'],
  ['Millbrook Falls', '14995'],
  ['Cedar Junction', '14996'],
  ['North Quarry', '14997'],
];

export const streets = [
  ...words(
    'Elm Oak Maple Cedar Chestnut Walnut Birch Willow Juniper Hawthorn Orchard Meadow Harbor Quarry Mill Church Prospect Summit Railroad Foundry Lantern Heron Kestrel Larkspur',
  ),
];
export const streetKinds = ['St', 'St', 'St', 'Ave', 'Rd', 'Ln', 'Dr', 'Ct'];

/** Two of the county, and those that people brought along. */
export const areaCodes = [
  ...words('607 607 607 607 607 607 607 315 315 315'),
  ...words('212 718 917 646 585 716 518 570 717 412 617 203 973 305 407 704 312 773 214 512 602 303 206 415'),
];

export const nicknames: Record<string, string> = {
  Margaret: 'Peggy',
  William: 'Bill',
  Robert: 'Bob',
  James: 'Jim',
  Eleanor: 'Ellie',
  Susan: 'Sue',
  Thomas: 'Tom',
  Samuel: 'Sam',
  Katarzyna: 'Kasia',
  Guadalupe: 'Lupe',
  José: 'Pepe',
  Francisco: 'Paco',
  Andrew: 'Drew',
  Abigail: 'Abby',
  Elijah: 'Eli',
};

export const alertTexts: readonly (readonly ['calm' | 'wait' | 'wrong', string])[] = [
  ['wrong', 'Latex allergy: tell the room before any procedure'],
  ['wrong', 'Fall risk: walk with the patient to the room'],
  ['wait', 'Two people have this name: check the birth date'],
  ['wait', 'Hard of hearing: speak on the left side'],
  ['wait', 'Power of attorney on file: call the daughter first'],
  ['calm', 'Prefers the first visit of the morning'],
  ['calm', 'Uses a wheelchair: room near the entrance'],
];

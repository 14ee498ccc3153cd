/** What firms, towns and people are called. All invented; phone numbers and addresses are of the ranges kept for that. */
const words = (text: string): readonly string[] => text.split(', ');

export const INDUSTRIES = [
  'Food',
  'Beverage',
  'Dairy',
  'Pharmaceuticals',
  'Cosmetics',
  'Chemicals',
] as const;
export type Industry = (typeof INDUSTRIES)[number];

export const REGIONS = ['West', 'Central', 'Canada'] as const;
export type Region = (typeof REGIONS)[number];

export const CITIES: { readonly [region in Region]: readonly string[] } = {
  West: [
    'Portland, Oregon',
    'Boise, Idaho',
    'Fresno, California',
    'Tacoma, Washington',
    'Modesto, California',
    'Salem, Oregon',
    'Reno, Nevada',
    'Yakima, Washington',
    'Provo, Utah',
    'Tucson, Arizona',
    'Stockton, California',
    'Bend, Oregon',
  ],
  Central: [
    'Milwaukee, Wisconsin',
    'Omaha, Nebraska',
    'Columbus, Ohio',
    'Tulsa, Oklahoma',
    'Dayton, Ohio',
    'Duluth, Minnesota',
    'Des Moines, Iowa',
    'Fort Worth, Texas',
    'Wichita, Kansas',
    'Grand Rapids, Michigan',
    'Rockford, Illinois',
  ],
  Canada: [
    'Kelowna, British Columbia',
    'Calgary, Alberta',
    'Winnipeg, Manitoba',
    'Guelph, Ontario',
    'Trois-Rivières, Quebec',
    'Halifax, Nova Scotia',
    'Sherbrooke, Quebec',
  ],
};

export const STEMS: readonly string[] = words(
  'Alder Creek, Amberly, Ashgrove, Autumn Hill, Bayfield, Bearpaw, Bell Harbor, Birchwood, Black Oak, Blue Mesa, Bluestem, Boulder Ridge, Bramble, Brightwell, Cactus Wren, Canyon Rim, Cardinal, Cedar Bend, Chinook, Clearbrook, Cloverdale, Cobalt, Copperline, Coyote Flats, Cranberry Lake, Crestline, Crooked River, Dawson, Deer Hollow, Driftwood, Eagle Rock, Eastlake, Elkhorn, Ember, Evergreen, Fairhaven, Falcon Ridge, Fernwood, Firefly, Foxglove, Garnet, Glacier, Golden Ear, Granite Falls, Greenway, Harbor Point, Hawthorn, Hazel Run, Heron, Hickory, Highland, Hollyhock, Honeybee, Ironwood, Jasper, Juniper, Keystone, Kingfisher, Lakeshore, Larkspur, Laurel, Lone Pine, Longview, Magnolia, Maple Leaf, Marigold, Meadowlark, Millstone, Moonstone, Mustang, Nighthawk, Northgate, Oakmont, Ocean Spruce, Old Mill, Osprey, Painted Hills, Palisade, Pelican, Pike Lake, Pinecrest, Pioneer, Prairie Gold, Quail Run, Quarry, Red Canyon, Redwing, Ridgeback, Riverbend, Rosewood, Saffron, Sagebrush, Sandstone, Shoreline, Silver Birch, Snowberry, Sparrow, Spruce, Stonebridge, Summit, Sunfield, Sweetwater, Tall Pines, Tamarack, Three Rivers, Thunder Bay, Timberline, Trillium, Valley Forge, Vista, Walnut Grove, Westwind, Whitewater, Wildrose, Willow, Windmill, Winterberry, Yarrow, Yellowstone',
);

export const TRADES: { readonly [industry in Industry]: readonly string[] } = {
  Food: words('Foods, Bakery, Provisions, Snacks, Kitchens, Farms'),
  Beverage: words('Brewing, Beverages, Juices, Springs, Cider'),
  Dairy: words('Dairy, Creamery, Milk, Cheese'),
  Pharmaceuticals: words('Pharma, Therapeutics, Labs, Biologics'),
  Cosmetics: words('Naturals, Beauty, Personal Care, Soaps'),
  Chemicals: words('Coatings, Chemical, Adhesives, Cleaning'),
};

export const GIVEN: readonly string[] = words(
  'Aaron, Adriana, Aisha, Alan, Alicia, Amara, Amir, Andrea, Angela, Anika, Antoine, Beatriz, Ben, Brent, Brooke, Carlos, Caroline, Cedric, Chloé, Colin, Connie, Cyrus, Daphne, Darnell, Deepa, Derek, Diane, Dmitri, Eduardo, Eileen, Elena, Emmett, Esther, Étienne, Farah, Felix, Fiona, Frank, Gabriel, Geneviève, Grace, Greta, Hamid, Hannah, Harold, Hector, Helen, Hugo, Ian, Imani, Irene, Isaac, Ivy, Jamal, Janelle, Javier, Jerome, Joan, Jorge, Julia, Kamal, Karen, Keiko, Keith, Kiran, Kyle, Latoya, Leonard, Lily, Linh, Louise, Luis, Mabel, Manuel, Margaret, Mei, Melvin, Miguel, Mira, Nadia, Naomi, Neil, Nora, Omar, Paige, Patrick, Pavel, Quentin, Rachel, Rafael, Rekha, Renee, Roberto, Rosa, Sade, Sanjay, Sean, Selma, Shawn, Simone, Sofia, Stuart, Tamara, Teresa, Theo, Trevor, Uma, Vera, Victor, Walter, Wendy, Xavier, Yasmin, Yuki, Zachary',
);

export const FAMILY: readonly string[] = words(
  'Abbott, Acosta, Adeyemi, Aguilar, Anders, Arsenault, Baker, Barlow, Bautista, Bélanger, Benson, Bishop, Blackwood, Bouchard, Brooks, Calderon, Castillo, Chan, Chen, Cohen, Connolly, Cortez, Côté, Dalton, Das, Delgado, Desjardins, Diaz, Donovan, Duarte, Eaton, Ellis, Eriksen, Farrow, Feldman, Fields, Fischer, Flores, Fortin, Gagnon, Garrett, Gill, Goodwin, Grant, Guerrero, Hahn, Harmon, Hartman, Hayashi, Hendricks, Hollis, Horvath, Hussain, Ibarra, Iyer, Jansen, Jennings, Kang, Kaplan, Kaur, Keller, Khan, Kim, Kowalski, Lam, Langley, Leblanc, Lee, Lopez, Lowry, Maddox, Malik, Marsh, Mehta, Mendoza, Mercer, Moreno, Morin, Mueller, Nakamura, Navarro, Nguyen, Nolan, Ochoa, Olsen, Ortega, Osborne, Park, Patel, Pelletier, Pham, Poole, Pruitt, Quinn, Rahman, Ramos, Reyes, Rivera, Rossi, Roy, Sandoval, Schultz, Sharma, Singh, Sorensen, Stein, Suzuki, Tanaka, Thibault, Tran, Underwood, Valdez, Vance, Vargas, Walsh, Weber, Whitfield, Wong, Yates, Zhang, Zimmer',
);

export type Role =
  | 'economicBuyer'
  | 'champion'
  | 'finance'
  | 'technical'
  | 'user'
  | 'purchasing'
  | 'quality';

/** What people with a role have on their cards. */
export const TITLES: { readonly [role in Exclude<Role, 'champion'>]: readonly string[] } = {
  economicBuyer: words(
    'VP Operations, Plant director, Chief operating officer, General manager, Owner',
  ),
  finance: words('Finance director, Controller, Chief financial officer'),
  technical: words('Plant engineer, Packaging engineer, Automation lead, Maintenance lead'),
  user: words('Plant manager, Line supervisor, Packaging supervisor, Shift lead'),
  purchasing: words('Purchasing manager, Buyer, Supply manager'),
  quality: words('Quality manager, Quality assurance lead, Compliance manager'),
};

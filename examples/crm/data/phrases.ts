/** Words that people write and say, by occasion. Sales talk is plain here: it is evidence, not literature. */
const lines = (text: string): readonly string[] => text.trim().split('\n');

export const CHECK_IN_SUBJECTS: readonly string[] = lines(`
How the lines are running
Label stock for next quarter
Seats for the user day
Spare parts before the season
Your maintenance window
New liner materials
Numbers from the last quarter
A visit next month?`);

export const CHECK_IN_ANSWERS: readonly string[] = lines(`
All good here, thank you. Changeovers are much shorter now.
We are fine on stock until the end of the month.
Could you send the data sheet for the washdown labels?
Thanks. Two of us would like to come.
Line 2 stops more often than it should. Nothing urgent.
Please talk to our plant manager about that.
Busy week. Can we speak after the 15th?
The new shift likes the printer, by the way.`);

export const CALL_NOTES: readonly string[] = lines(`
Changeover is down to nine minutes on the main line.
They plan a second shift from spring.
Wants a quote for spare print heads.
Happy with the labels, asked about shorter lead times.
New retailer asks for a code on every case.
They had two jams last week, cleaned by themselves.
Budget round starts in September.
Left a message.`);

export const DEAL_ANSWERS: { readonly [stage: string]: readonly string[] } = {
  Discovery: lines(`
Yes, that is a topic for us. Thursday would suit.
We do this by hand today and it costs us a person.
Who else runs this at our size?
Interesting. Our engineer should see it first.`),
  Evaluation: lines(`
Samples arrived, thank you. We run them on Monday.
Can it keep up with 140 a minute?
What does it need in air and power?
Quality would like to see the audit report.
How long would the line stand still?`),
  Proposal: lines(`
Received, we read it this week.
The price is higher than we had in mind.
Could you split installation from the machine?
Finance asks for the payback over three years.`),
  Negotiation: lines(`
If delivery is before the season, we can sign.
Legal has two questions on clause 7.
We need one more signature on our side.
Send the final version and I take it to the board.`),
};

export const DEAL_SUBJECTS: { readonly [stage: string]: readonly string[] } = {
  Discovery: lines(`
What we saw on your line
Following up on your question
A short call about {deal}?`),
  Evaluation: lines(`
Samples and test plan for {deal}
Answers to your engineer's questions
Reference visit for {deal}`),
  Proposal: lines(`
Proposal for {deal}
{deal}: two options
Questions on the proposal?`),
  Negotiation: lines(`
Terms for {deal}
{deal}: delivery date
Contract for {deal}`),
};

export const MEETING_NOTES: readonly string[] = lines(`
Plant manager is for it, finance wants the payback first.
They compare us with one other vendor.
Decision in the next steering meeting.
Engineer checked the mounting, fits with the short bracket.
Asked for a customer of their size to talk to.
Speed matters more than price, they said it twice.`);

export const CASES: readonly string[] = lines(`
label jam on line 1
print head wears early
labels skewed after changeover
vision check rejects good bottles
ribbon breaks at high speed
sensor loses the gap
display shows error 41
web tears on cold starts
codes too faint to read
stacker does not home`);

export const NEWSLETTERS: readonly string[] = lines(`
What jams cost, and how to count them
Labels that survive the wash
Codes on every case by 2027
Five changeovers, filmed
Holiday runs without overtime
Spare parts before the season`);

export const SURVEY_WORDS: { readonly [band: string]: readonly string[] } = {
  low: lines(`
Too long until somebody came.
We had to explain the problem three times.
The machine is fine, the waiting is not.`),
  middle: lines(`
Works. Reports could be easier.
Good people, slow parts.
As agreed.`),
  high: lines(`
Quick and friendly.
The best supplier on our floor.
Came the same day.`),
};

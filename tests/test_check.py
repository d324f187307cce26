"""The check of a model's sentence against its passage: what is right is told, what is wrong never.

Every case is of our own making and has one plain right answer: YES where the passage bears the
sentence, NO where it does not. INSTEAD are right ones in freer words than a shortening has: they
need not be told as written, but the passage's own words on the matter have to stand in.
"""

from __future__ import annotations

import pytest

from bot.answering.checking.check import Verdict, check

FERRY = (
    "A passenger ferry ran aground at the entrance to Osterwick harbour on Tuesday evening, "
    "injuring 12 people, the coastguard said. The Grey Heron, carrying 184 passengers and a crew "
    "of nine, struck the Calder Bank at 17:52 local time. Nobody was missing, coastguard "
    'commander Ilse Brandt told reporters on the quay. "The ship is stable and no fuel has been '
    'lost," Brandt said. The company has suspended the Skarr service until at least Thursday.'
)
TRAM = (
    "The city council voted 31 to 24 on Tuesday night, with two abstentions, to connect the "
    "central station with the university campus at Fenside. Line 4 is to cost 286 million "
    "crowns, of which the national government pays 60 percent. Construction starts in March "
    "2027, and the first trams are to run in September 2030. Mayor Adeline Frost thanked the "
    "council. Viktor Hale of the opposition criticised Frost for the price. Bus fares did not "
    "rise this year."
)
RATES = (
    "The bank raised its rate by half a percentage point to 3.5 percent on Thursday. Nearly 300 "
    "people lost their job in May, some 40 km from Osmere. The fee is 12 euros a month. The hall "
    "is open from 9:30 to 17:00. The vote was 31 to 24. Losses of 2.1 billion crowns were found."
)
CLUB = (
    "The club did not sell the stadium. Coach Ada Brem banned phones in the changing room. Its "
    "keeper saved 12 shots, four of them in the last minute. The union's leader Ilan Roe said "
    "members would strike. The club will not. Entry costs 14 crowns, compared with 9 crowns last "
    "year. Talks broke off after a year and a half. Nobody reported a loss; the hall is not "
    "full. Some fans left early, but nearly all players stayed. Anna Tovi trains with her "
    "brother."
)
PRIZES = (
    "Tomas Hale was named best director for “Nine Chimneys”, whose star Imelda Rooke won the "
    "award for best actress. Sefu Daly was best actor in “The Glass Orchard”. The city holds 34 "
    "percent of the festival, the fund Norre 51 percent and the staff 15 percent. Tickets rose "
    "by 3 crowns to 12 crowns, a fifth more than last year. Pay goes up by 20 crowns a week. "
    "Seven managers left, and 19 cooks."
)
BILL = (
    "The league would vote for the bill if the exemption was dropped, said its leader, Sven "
    "Corr. The insurer pays up to 30 million if power stays below 60 percent. Irena Valk sang in "
    "spite of a cold; the tenor Hugo Pasco received the applause. The Tern sails twice a day. "
    "The plan starts two weeks earlier than planned. Each beekeeper gets 400 crowns. All three "
    "parliaments have to agree. Minister Ada Brem said the rule had been the same for ten years. "
    "Colette Arvi called the rule absurd."
)
HARBOUR = (
    "Port Selby, located just behind the dunes, has been shaken by protests for weeks. Rep. Alma "
    "Reyne, D-Osk., stressed that the quay was empty. Victor Lund Jr. said in a news conference "
    "that 58 cranes had been sold. The Harbour Institute (Hafin) said ferries should stay in "
    "port. Odile Karst, of Tern Shipping, said the freight had doubled. The owners significantly "
    "raised the rent in 2024. The state-run channel Vela reported 40 arrests, and the quay may "
    "be closed. A court on Monday set the trial of the skipper for Friday, according to his "
    "lawyer, and ruled that the ship be sold. Fuel rose by 19 cents in the past week. Will the "
    "strike end in May?"
)
SCHOOL = (
    "Nora Tallis presented the plan on Tuesday. The minister will release 1.1 million crowns. "
    "Two teachers of the Ellery School were praised. The teachers had given lessons for nothing, "
    "their lawyer said. The parents' league has called off its march. “It is a cheaper gate,” "
    "said its chairman, Colm Ferris. “It still squeaks.” The mayor, Bea Quist, has not yet "
    "decided whether she will stand again. Hanno Brandt, a boy of nine, won a prize. “She looked "
    "tired,” the boy explained. Upton University said that it would build a hall. Ada Krol of "
    "Norham University called the hall a waste. A dog called Bosco found the key, and a cat "
    "called Mimi the lock."
)
REVIEW = (
    "“Soldiers are not our first concern. The greatest threat is the rising river.”\n\n-- Inia "
    "Sorel, minister of Vale\n\n“Malin Roth did not fail to act,” said Karel Vint. “She chose "
    "not to act.” The report did not mention the number of shops that were closed nor how many "
    "goods were seized. Rosa Helm found no poison in the beer. The watch in the tower was "
    "described by Ilse Both as “a bill without numbers”. Seven are from Texel, six from Urk, "
    "five from Wolm."
)
MARKET = (
    "Otto Bray owned the club until his death in 2019, though he gave up its shares in 2014. The "
    "club went from Ivo Marsh to Pia Dorn. Dorn shot one of the country's first films. Rumours "
    "have filled the web, some suggesting that stacks of mustard are being hidden in barns. The "
    "firm Apelo is widely expected to unveil a phone. A nurse fell ill, but no other cases were "
    "found. The test simulates the launch without the rocket leaving its pad. Studios are up "
    "14.3 percent to 1,555 crowns; houses, up 11.7 percent to 2,103 crowns. Tolva (TLV) said "
    "demand is falling."
)
LINES = (
    'America stands by its friends."\n\nThe ministry called the visit “a serious breach” of the '
    "treaty. “It was a chance,” said Kara Rees, who runs the brand.\n\nVelta wanted to grow. “We "
    "think it is an icon,” she said. Millions marked 75 years since the stroke of midnight on "
    "August 15, 1947 that ended nearly 200 years of foreign rule. Sales had fallen for years, "
    "but then stressed-out, homebound people wanted cheese. A drought is drying up the Colne, "
    "and the government is setting new limits and asking towns for a plan."
)
YES, NO, INSTEAD = "yes", "no", "instead"
CASES = [
    (FERRY, "The ferry ran aground on Tuesday evening, injuring 12 people.", INSTEAD),
    (FERRY, "The Grey Heron carried 184 passengers and a crew of nine.", YES),
    (FERRY, "Nobody was missing, Ilse Brandt said.", INSTEAD),
    (FERRY, "The Skarr service is suspended until at least Thursday.", YES),
    (FERRY, "Twelve people were injured, the coastguard said.", INSTEAD),
    (FERRY, "The ferry ran aground on Tuesday evening, injuring 15 people.", NO),
    (FERRY, "The ferry ran aground on Monday evening, injuring 12 people.", NO),
    (FERRY, "The Grey Heron carried 9 passengers and a crew of 184.", NO),
    (FERRY, "Somebody was missing, Brandt did not say who.", NO),
    (FERRY, "The Blue Heron ran aground at Osterwick harbour.", NO),
    (TRAM, "The council voted 31 to 24 for the connection.", INSTEAD),
    (TRAM, "Line 4 is to cost 286 million crowns.", YES),
    (TRAM, "The government pays 60% of the cost.", INSTEAD),
    (TRAM, "Construction starts in March 2027.", YES),
    (TRAM, "Line 4 is to cost 286 billion crowns.", NO),
    (TRAM, "The council voted 24 to 30 for the connection.", NO),
    (TRAM, "Bus fares rose this year.", NO),
    (TRAM, "Frost criticised Viktor Hale for the price.", NO),
    (TRAM, "Construction ends in March 2027.", NO),
    (TRAM, "The mayor resigned after a scandal about money and gifts.", NO),
    (FERRY, "The ship struck the Calder Bank at 17:52.", INSTEAD),
    (FERRY, 'Brandt said "the ship is stable and no fuel has been lost".', YES),
    (FERRY, "No fuel has been lost, according to Brandt.", INSTEAD),
    (FERRY, "The accident happened at the entrance to Osterwick harbour.", INSTEAD),
    (FERRY, "The company suspended the service to Skarr.", INSTEAD),
    (FERRY, "The ship struck the Calder Bank at 18:52.", NO),
    (FERRY, 'Brandt said "the ship is sinking fast".', NO),
    (FERRY, "Fuel has been lost, according to Brandt.", NO),
    (FERRY, "The service is suspended until at least Friday.", NO),
    (FERRY, "Commander Anna Brandt spoke on the quay.", NO),
    (TRAM, "There were two abstentions in the council's vote.", INSTEAD),
    (TRAM, "The first trams are to run in September 2030.", YES),
    (TRAM, "Viktor Hale criticised Frost for the price.", YES),
    (TRAM, "Bus fares did not rise this year.", YES),
    (TRAM, "The line will connect the central station with the campus at Fenside.", INSTEAD),
    (TRAM, "The first trams are to run in October 2030.", NO),
    (TRAM, "The national government pays 40 percent of the cost.", NO),
    (TRAM, "The council rejected Line 4.", NO),
    (TRAM, "Mayor Adeline Frost thanked the government.", NO),
    (TRAM, "Line 4 is to cost 60 million crowns.", NO),
    (RATES, "The bank raised its rate by 0.5 percentage points.", INSTEAD),
    (RATES, "The bank raised its rate by half a percent.", NO),
    (RATES, "Almost 300 people lost their job in May.", INSTEAD),
    (RATES, "300 people lost their job in May.", NO),
    (RATES, "More than 300 people lost their job in May.", NO),
    (RATES, "Nearly 300 people lost their job in June.", NO),
    (RATES, "The fee is €12 a month.", YES),
    (RATES, "The fee is €12 a week.", NO),
    (RATES, "The fee is $12 a month.", NO),
    (RATES, "The hall is open from 9.30 a.m. to 5 p.m.", INSTEAD),
    (RATES, "The hall is open until 9:30.", NO),
    (RATES, "The vote was 31-24.", INSTEAD),
    (RATES, "The vote was 24 to 31.", NO),
    (RATES, "Losses of 2.1 million crowns were found.", NO),
    (RATES, "Losses of 2.1 billion dollars were found.", NO),
    (CLUB, "Phones were not allowed by coach Ada Brem in the changing room.", INSTEAD),
    (CLUB, "Phones were allowed by coach Ada Brem in the changing room.", NO),
    (CLUB, "The club failed to sell the stadium.", INSTEAD),
    (CLUB, "The club sold the stadium.", NO),
    (CLUB, "The club will not strike.", INSTEAD),
    (CLUB, "The club will strike.", NO),
    (CLUB, "Entry costs 14 crowns instead of 9.", INSTEAD),
    (CLUB, "Entry costs 9 crowns instead of 14.", NO),
    (CLUB, "Talks broke off after 18 months.", INSTEAD),
    (CLUB, "Talks broke off after 18 weeks.", NO),
    (CLUB, "The keeper saved four shots.", NO),
    (CLUB, "Half of the players stayed.", NO),
    (CLUB, "Ilan Roe trains with her brother.", NO),
    (PRIZES, "Imelda Rooke won the award for best actress, and Sefu Daly was best actor.", YES),
    (
        PRIZES,
        "Imelda Rooke won best actress in “The Glass Orchard”, and Sefu Daly was best actor in "
        "“Nine Chimneys”.",
        NO,
    ),
    (PRIZES, "The city holds 34 percent, the fund Norre 51 percent.", YES),
    (PRIZES, "The city holds 51 percent, the fund Norre 34 percent.", NO),
    (PRIZES, "Tickets rose to 12 crowns, 20 percent more than last year.", INSTEAD),
    (PRIZES, "Tickets rose by 12 crowns.", NO),
    (PRIZES, "Tickets rose to 12 crowns, 20 percent less than last year.", NO),
    (PRIZES, "Pay goes up by 20 crowns a month.", NO),
    (PRIZES, "Seven managers left, 19 of them cooks.", NO),
    (BILL, "The league would vote for the bill if the exemption was dropped.", INSTEAD),
    (BILL, "The league would vote for the bill unless the exemption was dropped.", NO),
    (BILL, "The insurer pays up to 30 million because power stays below 60 percent.", NO),
    (BILL, "Irena Valk sang because of a cold.", NO),
    (BILL, "Irena Valk sang in spite of a cold and received the applause.", NO),
    (BILL, "The Tern sails twice a week.", NO),
    (BILL, "The plan starts two weeks later than planned.", NO),
    (BILL, "The beekeepers get 400 crowns in all.", NO),
    (BILL, "One of the parliaments has to agree.", NO),
    (BILL, "Colette Arvi said the rule had been the same for ten years.", NO),
    (BILL, "The league would vote for the bill, said Hugo Pasco.", NO),
    (BILL, "Colette Arvi called the rule absurd and said it had been the same for ten years.", NO),
    (HARBOUR, "Port Selby has been shaken by protests for weeks.", YES),
    (HARBOUR, "Rep. Alma Reyne stressed that the quay was empty.", YES),
    (HARBOUR, "Victor Lund said 58 cranes had been sold.", YES),
    (HARBOUR, "The Harbour Institute said ferries should stay in port.", YES),
    (HARBOUR, "Odile Karst said the freight had doubled.", YES),
    (HARBOUR, "The owners raised the rent in 2024.", INSTEAD),
    (HARBOUR, "The quay may be closed.", YES),
    (HARBOUR, "A court on Monday ruled that the ship be sold.", INSTEAD),
    (
        HARBOUR,
        "A court on Monday set the trial of the skipper for Friday, according to his lawyer.",
        YES,
    ),
    (HARBOUR, "Tern Shipping stressed that the quay was empty.", NO),
    (HARBOUR, "The Harbour Institute said 58 cranes had been sold.", NO),
    (HARBOUR, "58 cranes had been sold, Alma Reyne said in a statement.", NO),
    (HARBOUR, "The quay will be closed.", NO),
    (HARBOUR, "A court on Friday set the trial of the skipper for Monday.", NO),
    (HARBOUR, "Fuel rose by 19 cents in the past month.", NO),
    (HARBOUR, "The strike will end in May.", NO),
    (HARBOUR, "Whatever the rent, ferries should stay in port.", NO),
    (SCHOOL, "Nora Tallis will release 1.1 million crowns.", INSTEAD),
    (SCHOOL, "The minister, Nora Tallis, will release 1.1 million crowns.", INSTEAD),
    (SCHOOL, "The two teachers had given lessons for nothing, their lawyer said.", INSTEAD),
    (SCHOOL, "“She looked tired,” Hanno Brandt explained.", YES),
    (SCHOOL, "“It is a cheaper gate,” said the league's chairman, Colm Ferris.", INSTEAD),
    (SCHOOL, "The mayor has not yet decided whether she will stand again.", YES),
    (SCHOOL, "A dog called Bosco found the key.", YES),
    (SCHOOL, "Colm Ferris will release 1.1 million crowns.", NO),
    (SCHOOL, "The mayor has decided to stand again.", NO),
    (SCHOOL, "Bea Quist has decided not to stand again.", NO),
    (SCHOOL, "Norham University said that it would build a hall.", NO),
    (SCHOOL, "“She looked tired,” Bea Quist explained.", NO),
    (SCHOOL, "A cat called Bosco found the key.", NO),
    (REVIEW, "“The greatest threat is the rising river,” said Inia Sorel.", INSTEAD),
    (REVIEW, "“The greatest threat is the rising river,” said Karel Vint.", NO),
    (REVIEW, "Rosa Helm said no poison was found in the beer.", INSTEAD),
    (REVIEW, "The report did not mention how many goods were seized.", YES),
    (REVIEW, "The report mentioned how many goods were seized.", NO),
    (REVIEW, "Ilse Both described the watch as “a bill without numbers”.", INSTEAD),
    (REVIEW, "Rosa Helm described the watch as “a bill without numbers”.", NO),
    (REVIEW, "Six are from Urk, five from Wolm.", INSTEAD),
    (REVIEW, "Five are from Urk, six from Wolm.", NO),
    (MARKET, "Otto Bray owned the club until his death in 2019.", YES),
    (MARKET, "Otto Bray owned the club until his death in 2014.", NO),
    (MARKET, "The club went from Ivo Marsh to Pia Dorn.", YES),
    (MARKET, "The club went from Pia Dorn to Ivo Marsh.", NO),
    (MARKET, "Dorn shot one of the country's first films.", YES),
    (MARKET, "Dorn shot the country's first film.", NO),
    (MARKET, "Stacks of mustard are being hidden in barns.", NO),
    (MARKET, "Apelo is expected to unveil a phone.", INSTEAD),
    (MARKET, "Apelo will unveil a phone.", NO),
    (MARKET, "A nurse fell ill, but no other cases were found.", YES),
    (MARKET, "A nurse fell ill, and other cases were found.", NO),
    (MARKET, "The test simulates the launch with the rocket leaving its pad.", NO),
    (MARKET, "Houses are up 11.7 percent to 2,103 crowns.", INSTEAD),
    (MARKET, "Houses are up 14.3 percent to 2,103 crowns.", NO),
    (MARKET, "Tolva said demand is falling.", YES),
    (MARKET, "Apelo said demand is falling.", NO),
    (LINES, "The ministry called the visit “a serious breach” of the treaty.", YES),
    (LINES, "Kara Rees called the visit “a serious breach” of the treaty.", NO),
    (LINES, "“We think it is an icon,” said Kara Rees.", INSTEAD),
    (
        LINES,
        "Millions marked 75 years since the stroke of midnight on August 15, 1947 that ended "
        "nearly 200 years of foreign rule.",
        YES,
    ),
    (LINES, "Sales had fallen for years, but then homebound people wanted cheese.", YES),
    (LINES, "The government is setting new limits and asking towns for a plan.", YES),
    (
        "Hanno Brandt, a boy of nine, won. “She looked tired,” the boy explained.",
        "“She looked tired,” Hanno Brandt explained.",
        YES,
    ),
    (
        "The fund pays back all federal loans.",
        "The fund pays back federal loans.",
        YES,
    ),
    (
        "The fund pays back all federal loans.",
        "The fund pays back all federal and private loans.",
        NO,
    ),
    (
        "Dr Ottilie Marsh came by boat. Marsh is 40. She has raised the estimate to nine.",
        "Ottilie Marsh has raised the estimate to nine.",
        YES,
    ),
    (
        "Inspector Greta Moss closed the quarry for three weeks.",
        "The quarry will stay closed for three weeks.",
        INSTEAD,
    ),
    (
        "A drought is drying up the Colne. The government is setting limits and is asking towns "
        "for a plan.",
        "A drought is drying up the Colne, and the government is setting limits and is asking "
        "towns for a plan.",
        YES,
    ),
]


MECHANISMS = [
    # whom a pronoun means
    ("She won the cup on Monday.", "She won the cup.", YES),
    ("She won the cup on Monday.", "He won the cup.", NO),
    ("Nobody in Skarr knew her.", "Nobody knew him.", NO),
    ("Her brother won the cup on Monday.", "His brother won the cup.", NO),
    ("Ada Krol met Tom Hale. She won the cup.", "Ada Krol met Tom Hale and he won the cup.", NO),
    # how sure it is, wherever that stands
    ("Reportedly, the mayor resigned on Monday.", "The mayor resigned.", NO),
    ("The mayor resigned on Monday, allegedly.", "The mayor resigned.", NO),
    # who says so, how sure it is, on which condition
    ("The mayor said the bridge is closed.", "The bridge is closed.", NO),
    ("The bridge is closed, according to the mayor.", "The bridge is closed.", NO),
    ("“We lost the case. The dam was never safe,” Ada Krol said.", "The dam was never safe.", NO),
    ("The bridge may close in May.", "The bridge closes in May.", NO),
    ("The city plans to close the bridge.", "The city closed the bridge.", NO),
    ("The city is building a bridge in Skarr.", "The city built a bridge in Skarr.", NO),
    ("The bridge will close if the river rises.", "The bridge will close.", NO),
    ("Police arrested the alleged thief on Monday.", "Police arrested the thief on Monday.", NO),
    ("The storm nearly destroyed the old harbour.", "The storm destroyed the harbour.", NO),
    ("The storm destroyed part of the harbour.", "The storm destroyed the harbour.", NO),
    ("Most doctors refused the offer on Monday.", "Doctors refused the offer on Monday.", NO),
    ("At least 40 people were hurt in Skarr.", "40 people were hurt in Skarr.", NO),
    ("Nobody was hurt in the fire at the mill.", "Somebody was hurt in the fire.", NO),
    ("He dismissed reports that the bank had failed.", "The bank had failed.", NO),
    ("If elected, Ada Krol will cut the fee.", "Ada Krol will cut the fee.", NO),
    ("It is unlikely that the bank will fail.", "The bank will fail.", NO),
    ("Either Ada Krol or Pia Dorn will win the cup.", "Ada Krol will win the cup.", NO),
    ("Everyone except Ada Krol sang in Skarr.", "Everyone sang in Skarr.", NO),
    ("Texel is the second largest town of Vale.", "Texel is the largest town of Vale.", NO),
    ("Texel is one of the largest towns of Vale.", "Texel is the largest town of Vale.", NO),
    ("Up to 50 people sang in Skarr.", "50 people sang in Skarr.", NO),
    ("The bank refused to pay the fine.", "The bank paid the fine.", NO),
    ("Ada Krol could have won the cup.", "Ada Krol won the cup.", NO),
    ("A storm hit Skarr. The mill burned.", "The mill burned because a storm hit Skarr.", NO),
    ("A storm hit Skarr, while flu killed 12 people.", "A storm hit Skarr, killing 12 people.", NO),
    # who does what to whom, and what belongs to what
    ("The man who shot Bob Ray died in Skarr.", "Bob Ray died in Skarr.", NO),
    ("Ada Krol was beaten by Pia Dorn in the final.", "Ada Krol beat Pia Dorn in the final.", NO),
    ("The mayor of Leeds met the governor of Kent.", "The mayor of Kent met the governor.", NO),
    ("Ada Krol's lawyer met Pia Dorn on Monday.", "Pia Dorn's lawyer met Ada Krol.", NO),
    ("Garrow will hire 150 welders and 40 cooks.", "Garrow will hire 40 welders.", NO),
    ("The mill burned on Monday. Police shut the road on Friday.", "The mill burned Friday.", NO),
    ("The man arrested in 1990 for theft won the prize.", "The man won the prize in 1990.", NO),
    ("The team, which moved in 2004, won the cup on Sunday.", "The team won the cup in 2004.", NO),
    ("On Monday Tern Shipping bought Pelk.", "Tern Shipping bought Pelk on Monday.", YES),
    ("Ada Krol came from Skarr. Pia Dorn won the cup.", "Ada Krol won the cup.", NO),
    ("Texel is larger than Skarr.", "Skarr is larger than Texel.", NO),
    ("Unlike Ada Krol, Pia Dorn voted for the bill.", "Ada Krol voted for the bill.", NO),
    ("Police said the man, who denied the charge, ran.", "Police denied the charge.", NO),
    ("Ada Krol asked Pia Dorn to leave the board.", "Ada Krol left the board.", NO),
    ("Ada Krol succeeded Pia Dorn as mayor in May.", "Pia Dorn succeeded Ada Krol as mayor.", NO),
    # names for pronouns, and no other's
    ("Ada Krol came. She won the cup.", "Ada Krol won the cup.", YES),
    ("Ada Krol met Pia Dorn. She won the cup.", "Pia Dorn won the cup.", NO),
    ("Ada Krol met Pia Dorn. Her brother won the cup.", "Pia Dorn's brother won the cup.", NO),
    ("Biden arrived. The mayor said the bridge was closed.", "Biden said it was closed.", NO),
    ("Jane Smith lost. Tom Smith sang. Smith won the cup.", "Jane Smith won the cup.", NO),
    ("Orrin Line owns the Tern. The company sold it.", "Orrin Line sold the Tern.", INSTEAD),
    # words cut otherwise, and numbers and times written otherwise
    (
        "Fans of Blink-182 may tour the U.S. in May, a drive-thru in Skarr announced.",
        "Fans of Blink 182 may tour the US in May, a drive thru in Skarr announced.",
        YES,
    ),
    ("Día de los Muertos was No. 1 in 12 towns.", "Día de los Muertos was No. 1 in twelve towns.",
     YES),
    ("The vote is on 14 April 2026 at noon.", "The vote is on April 14, 2026.", YES),
    ("The vote is on 14 April 2026 at noon.", "The vote is on April 15, 2026.", NO),
    ("It cost 1.2 million crowns in all.", "It cost 1.2 billion crowns.", NO),
    ("Ada Krol’s mill “burned twice” in May.", 'Ada Krol\'s mill "burned once" in May.', NO),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "sentence", "right"), CASES + MECHANISMS)
def test_a_sentence_is_told_where_it_is_borne(passage: str, sentence: str, right: str) -> None:
    """Right ones are told or give way to the passage's own words; wrong ones never are."""
    verdict = check(sentence, passage)
    assert verdict.ok is (right == YES), verdict
    assert bool(verdict.reason) is not verdict.ok
    assert all(quote in passage for quote in verdict.quotes)
    assert verdict.instead in passage
    assert verdict.instead or right != INSTEAD


def test_what_the_heading_names_may_be_named() -> None:
    """A first name that stands in the title alone."""
    sentence = "Ada Krol won the cup."
    assert check(sentence, "Krol won the cup on Monday.", "Ada Krol wins | The Tern | 2 May").ok
    assert not check(sentence, "Krol won the cup on Monday.", "A cup is won | The Tern").ok


def test_what_stands_in_can_stand_alone() -> None:
    """A sentence that points back takes the one before with it; another matter gives nothing."""
    passage = "Rain fell. Ada Krol met the mayor. She gave him 40 letters from Skarr."
    verdict = check("She gave the mayor 50 letters from Skarr.", passage)
    assert verdict.instead == "Ada Krol met the mayor. She gave him 40 letters from Skarr."
    assert check("The price of milk doubled in Texel.", passage).instead == ""


def test_neighbours_that_bear_it_together_are_one_quote() -> None:
    """And one sentence is where it suffices."""
    passage = "Rain fell. Ada Krol came on Monday. She won the cup. Nobody sang."
    both = check("Ada Krol came on Monday and won the cup.", passage)
    assert both.quotes == ("Ada Krol came on Monday. She won the cup.",)
    assert check("Rain fell.", passage).quotes == ("Rain fell.",)


def test_without_a_parse_only_word_for_word() -> None:
    """A whole sentence within one of the passage's; no shortening, nothing crosswise."""
    passage = "Der Rat stimmte am Montag für die Linie. Sie kostet 286 Millionen Euro."
    assert check("Sie kostet 286 Millionen Euro.", passage, language="de").ok
    assert check("Der Rat stimmte am Montag.", passage, language="de").ok
    assert not check("Der Rat stimmte für die Linie.", passage, language="de").ok
    assert not check("Sie kostet 286 Milliarden Euro.", passage, language="de").ok


def test_a_model_may_bear_a_free_wording_but_no_other_number() -> None:
    """It is asked only for what is no shortening, and numbers, quotations and "not" hold."""
    asked: list[str] = []

    def yes(passage: str, sentence: str) -> bool:
        asked.append(f"{passage}|{sentence}")
        return True

    def told(sentence: str) -> Verdict:
        return check(sentence, "Ada Krol banned 12 phones at school.", "Ban | x", entails=yes)

    assert told("Ada Krol banned 12 phones.").ok
    assert not asked
    assert told("Twelve phones may not be used at Ada Krol's school.").ok is False  # a "not"
    assert not told("Ada Krol forbade 13 phones at school.").ok
    assert not told('Ada Krol said "no" to 12 phones at school.').ok
    assert not asked
    assert told("Ada Krol forbade 12 phones at school.").ok
    assert asked == [
        "Ban\n\nAda Krol banned 12 phones at school.|Ada Krol forbade 12 phones at school."
    ]
    never = check("Ada Krol forbade 12 phones at school.", CLUB, entails=lambda *_: False)
    assert not never.ok


def test_a_number_beside_a_time_costs_no_answer() -> None:
    """Where a quantity overlaps a time the sentence is compared all the same."""
    text = "The mob burned Tulsa, Oklahoma one hundred years ago, the museum said."
    assert check(text, text).ok
    assert not check("The museum burned Tulsa, Oklahoma one hundred years ago.", text).ok

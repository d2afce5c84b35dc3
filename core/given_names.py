"""Given names that are common in the languages of the usual exports, and hardly ever family names."""

# fmt: off
_NAMES = """
aaron abigail ada adrian adriana agnes agnieszka alan alba albert alberto alejandra alejandro alessandra alessandro alessia alex alexa
alexander alexandra alexandre alexandru alexia alfonso alice alicia alina aline alison allison amanda amandine amelia amélie amy ana anaïs
andré andrea andreas andrew andrzej andré angela angelika angelo anita anja anke ann anna anne annette annika anouk antje antoine anton
antonia antonio antónio anya arnaud arthur arturo astrid audrey aurélie aurora ayşe axel barbara bart bas beatrice beatriz ben benedikt
benjamin benoît bernadette bernd bettina birgit björn bob bogdan boris brandon brenda brian brigitte bruno bruna bryan camila camille carina
carla carlos carmen carol carolin carolina caroline caterina catherine catarina cathy cécile céline charlotte chiara chloé chris christa
christian christiane christina christine christoph christophe christopher claire clara claudia claudio clémence colette concha constance
corinna corinne cristian cristiano cristina cynthia daan dagmar damian damien dan daniel daniela daniele danielle daria dario dave david
dawid deborah delphine denise derek diana diego dieter dimitri dirk dmitri dolores dominik dominique donald donna doris dorothea
dorothée dylan eduardo edward elena eleonora elias elif elisa elisabeth élise eliza elizabeth ella elodie eloise els elsa emanuele emil
emilia emilie emily emine emma emmanuelle enrico enrique eric erik erika esteban estelle esther eugenia eva evelyn evelyne ewa fabian fabio
fabrice fatima fatma federica federico felipe felix femke fernanda fernando filip filipa filipe flavia florence florian floriane francesca
francesco francisca francisco françois françoise frank franz franziska fred frédéric frederik frieda friedrich gabriel gabriela gabriele
gaëlle gary gemma georg george gerard gerardo gerd gerhard gertrud giacomo gianluca gilles gina giorgia giorgio giovanna giovanni gisela
giulia giuseppe gonzalo grace graham greg gregor grégory greta grzegorz guido guillaume guillermo gustavo hannah hannes hans hanna
harald heather hector hedwig heike heiko heinz helen helena hélène helga helmut hendrik henri henrik henrique henry herbert hermann hilde
holger horst hugo ian ignacio igor ilaria ilona ilse imke inês ines inga inge ingeborg ingo ingrid ioana irene irina iris irma isabel
isabela isabella isabelle ivan iván ivana ivo jack jacob jacqueline jacques jaime jake jakob jakub james jan jana jane janet janine
jasmin jason javier jean jeanne jeff jeffrey jelena jennifer jens jérémy jeroen jérôme jessica jesús jim joachim joan joana joanna joão
joaquín jochen joe joel johan johann johanna johannes john jolanda jon jonas jonathan joost jorge jörg jose josé josef joseph joshua juan juana
judith jules julia julian juliane julie julien juliette jürgen justine justyna jutta kai karen karin karina karl karolina karsten
katarina katarzyna kate katharina katherine kathleen kathrin katja katrin keith kelly ken kerstin kevin kim kirsten klaas klaus konrad krzysztof
kurt lara larissa lars laura laurence laurent laurie léa leah lena lennart leo leon léon leonardo leonie leonor letícia lieke lilian lily
linda linus lisa lise liz loïc lore lorena lorenzo lotte louis louise luc luca lucas lucía lucia lucie lucy ludovic luigi luis luís luisa
luiz lukas łukasz lydia mads magali magdalena maja małgorzata manfred manon manuel manuela mara marc marcel marcelo marcin marco marcos
marcus margaret margarida margaux margit maria maría mariana marianne marie marieke marina mario marion marisa marit mark markus
marlene marlies marta martha martina martine mary mateo mateus mateusz mathias mathieu mathilde matteo matthew matthias maurizio max
maxime maximilian megan mehmet melanie mélanie melissa mercedes mette mia michaela michael michał michel michela michele michelle miguel mihai
mike mila milena miriam mohamed mohammed moira monica monika monique moritz mustafa nadia nadine nadja nancy natalia natalie nathalie
nathan nico nicola nicolas nicole niels nikita niklas nikolaus nina noa noah noemi noémie nora norbert núria octavio olaf oleg olga oliver
olivia olivier oscar óscar oskar otto pablo paola paolo pascal pascale patricia patricio patrick patrizia paula pauline paulo pavel pedro
peer peggy penelope petra phil philip philipp philippe pia piero pierre pieter pietro pilar piotr rachel rafael rafaela rainer ralf ralph
ramona raphaël raquel raúl ray rebecca regina reinhard rémi renata renate renaud ricardo riccardo rita rob robert roberta roberto robin rodolfo
rodrigo roger roland rolf romain roman rosa rosemarie roxane ruben rúben rui ruth ryan sabine sabrina sally salvador salvatore sam samantha
samuel sandra sander sandrine sara sarah sascha sean sebastian sebastián sébastien sergio sérgio serge severine sharon sibylle sigrid silke
silvia simona simone sofia sofía sonia sonja sophia sophie stefan stefania stefanie stefano steffen stella stephan stéphane stephanie stéphanie
stephen steve steven stijn susan susana susanna susanne suzanne sven svetlana sylvain sylvia sylvie tamara tania tanja tara tatiana tatjana
teresa thea theo théo theodor theresa thibault thierry thijs thorsten tiago tiffany tim timo timothy tina tobias tom tomasz tommaso torsten
tracy tristan udo ulrich ulrike ursula ute uwe valentina valeria valérie vanessa vera verena veronica veronika véronique vicente victoria vincent
vincenzo viola virginie vittoria viviane volker walter wanda wendy werner wiebke willem wilhelm wojciech wolfgang xavier yann yannick yasmin
yolanda youssef yusuf yves yvette yvonne zoe zoé zofia zoltán
"""
# fmt: on

GIVEN_NAMES = frozenset(_NAMES.split())

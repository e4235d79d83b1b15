import type { Corpus } from './corpus.ts'

export const french: Corpus = {
  language: 'fr',
  articles: [
    {
      title: 'Le jardin des écoles',
      description: 'Apprendre à semer et à récolter.',
      tags: ['enfance'],
      body: 'Les élèves arrosent les salades chaque matin. Le potager devient une salle de classe.',
    },
    {
      title: 'Une école au bord de la mer',
      description: 'Vingt élèves et un phare.',
      tags: ['enfance', 'littoral'],
      body: 'La maîtresse connaît les marées. Le vent ferme les portes.',
    },
    {
      title: 'Jardins secrets de Lyon',
      description: 'Derrière les murs, des fleurs.',
      tags: ['villes'],
      body: 'On pousse une porte et la ville se tait. Un figuier donne de l’ombre.',
    },
    {
      title: 'Cuisiner les herbes sauvages',
      description: 'Orties, ail des ours et pissenlits.',
      tags: ['cuisine'],
      body: 'On les trouve dans un jardin abandonné comme au bord des chemins. Lavez-les trois fois.',
    },
    {
      title: 'L’arbre et la rivière',
      description: 'Ce que les racines retiennent.',
      tags: ['nature'],
      body: 'Sans les aulnes, la berge glisse. L’eau emporte la terre à chaque crue.',
    },
    {
      title: 'Rivières oubliées',
      description: 'Sous les villes, l’eau court encore.',
      tags: ['villes', 'histoire'],
      body: 'La Bièvre fut couverte au siècle dernier. On en parle de nouveau.',
    },
    {
      title: 'Histoire d’un fromage',
      description: 'Trois familles et une vallée.',
      tags: ['cuisine'],
      body: 'Le lait cru repose douze heures. La cave est creusée sous un arbre.',
    },
    {
      title: 'Voyager lentement',
      description: 'Le train de nuit revient.',
      tags: ['voyage'],
      body: 'On s’endort à Paris et l’on se réveille devant la mer. Les voyageurs prennent leur temps.',
    },
    {
      title: 'Les boulangers de nuit',
      description: 'Du pain avant l’aube.',
      tags: ['métiers'],
      body: 'À trois heures, le four est chaud. La pâte attend depuis la veille.',
    },
  ],
  cases: [
    ['jardin', ['Le jardin des écoles', 'Jardins secrets de Lyon', 'Cuisiner les herbes sauvages']],
    ['école', ['Une école au bord de la mer', 'Le jardin des écoles']],
    ['ecoles', ['Le jardin des écoles', 'Une école au bord de la mer']],
    ['rivière', ['L’arbre et la rivière', 'Rivières oubliées']],
    ['arbres', ['L’arbre et la rivière', 'Histoire d’un fromage']],
    ['l’arbre', ['L’arbre et la rivière', 'Histoire d’un fromage']],
    ["l'histoire", ['Histoire d’un fromage', 'Rivières oubliées']],
    ['voyageur', ['Voyager lentement']],
    ['cuisine', ['Cuisiner les herbes sauvages', 'Histoire d’un fromage']],
    ['mer -école', ['Voyager lentement']],
    ['"train de nuit"', ['Voyager lentement']],
    ['nuit', ['Les boulangers de nuit', 'Voyager lentement']],
    ['fromag', ['Histoire d’un fromage']],
    ['élève phare', ['Une école au bord de la mer']],
    ['pain or orties', ['Les boulangers de nuit', 'Cuisiner les herbes sauvages']],
  ],
}

// The peer of the cost engine: publicodes evaluating modele-social, the rules Urssaf publishes.
// Reads cases on standard input; prints the seconds they took and the employer cost of each.
// Copied beside the installed packages to run. Loading the rules and building the engine come before the clock starts.
import { readFileSync } from 'node:fs'
import rules from 'modele-social'
import Engine from 'publicodes'

const COST = 'salarié . coût total employeur'
const NET = 'salarié . rémunération . net . à payer avant impôt'
const LINES = [
  'maladie . employeur', 'vieillesse . employeur . plafonnée', 'vieillesse . salarié . plafonnée',
  'vieillesse . employeur . déplafonnée', 'vieillesse . salarié . déplafonnée', 'allocations familiales', 'ATMP', 'FNAL',
  'CSA', 'contribution au dialogue social', 'chômage', 'AGS', 'retraite complémentaire . employeur',
  'retraite complémentaire . salarié', 'CEG . employeur', 'CEG . salarié', 'CET . employeur', 'CET . salarié',
  'formation professionnelle', "taxe d'apprentissage", 'CSG-CRDS . CSG . déductible', 'CSG-CRDS . CSG . non déductible',
  'CSG-CRDS . CRDS', 'exonérations . employeur',
].map((name) => `salarié . cotisations . ${name}`)
const SPECTACLE = 'salarié . régimes spécifiques . intermittents du spectacle'

const situation = (one) => {
  const [year, month, day] = one.date.split('-')
  const known = {
    date: `${day}/${month}/${year}`,
    'entreprise . salariés . effectif': `${one.headcount} employé`,
    'entreprise . association non lucrative': 'non',
    'établissement . commune . taux versement mobilité': '0%',
    'salarié . contrat . salaire brut': `${one.gross} €/mois`,
    'salarié . contrat . statut cadre': one.cadre ? 'oui' : 'non',
    'salarié . cotisations . prévoyances . santé . montant': '0 €/mois',
  }
  if (one.status === 'permanent') return { ...known, 'salarié . contrat': "'CDI'" }
  const intermittent = {
    ...known,
    'salarié . contrat': "'CDD'",
    'salarié . contrat . CDD . motif': "'classique . usage'",
    'salarié . convention collective': "'SVP'",
    [SPECTACLE]: `'${one.status}'`,
  }
  if (one.status !== 'artiste') return intermittent
  return {
    ...intermittent,
    'salarié . cotisations . allocations familiales . taux': '5.25%',
    [`${SPECTACLE} . artiste . acteur de complément`]: 'non',
    [`${SPECTACLE} . artiste . nombre jours travaillés`]: `${one.cachets} jour`,
  }
}

const silent = { log() {}, warn() {}, error() {} }
const engine = new Engine(rules, { logger: silent })
const slip = (one) => {
  engine.setSituation(situation(one))
  return [COST, NET, ...LINES].map((name) => engine.evaluate(name).nodeValue ?? 0)
}
const cases = JSON.parse(readFileSync(0, 'utf8'))
cases.slice(0, 3).forEach(slip)
const start = process.hrtime.bigint()
const slips = cases.map(slip)
const seconds = Number(process.hrtime.bigint() - start) / 1e9
process.stdout.write(JSON.stringify({ seconds, costs: slips.map(([cost]) => cost) }))

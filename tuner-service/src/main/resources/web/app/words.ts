import { route } from './route';

/** Every word of the dashboard, English and Korean; {0} and so on are filled in. */
const words: Record<string, [string, string]> = {
  studies: ['Studies', '연구'], models: ['Models', '모형'], panels: ['Panels', '패널'],
  study: ['Study', '연구'], task: ['Task', '과제'], state: ['State', '상태'], progress: ['Progress', '진행'],
  best: ['Best', '최선'], baseline: ['baseline', '기준 모형'], timeLeft: ['Time left', '남은 시간'],
  panel: ['Panel', '패널'], search: ['Search', '찾기'], all: ['all', '모두'], trend: ['Trend', '추이'],
  newStudy: ['New study', '새 연구'], create: ['Create', '만들기'], createAndStart: ['Create and start', '만들고 시작'],
  noStudies: ['No study yet. Create one here or with ./ilteo run.', '아직 연구가 없습니다. 여기서 만들거나 ./ilteo run 을 실행하십시오.'],
  loading: ['Loading…', '불러오는 중…'], skip: ['Skip to content', '본문으로 건너뛰기'],
  language: ['한국어', 'English'], dark: ['Dark', '어둡게'], light: ['Light', '밝게'],
  draft: ['draft', '초안'], running: ['running', '실행 중'], paused: ['paused', '일시 정지'], stopping: ['stopping', '중지 중'],
  stopped: ['stopped', '중지됨'], completed: ['completed', '완료'], failed: ['failed', '실패'], pruned: ['pruned', '가지치기됨'],
  waiting: ['waiting', '대기'], finished: ['finished', '끝남'], lost: ['lost', '유실'], preempted: ['preempted', '반납'],
  prunedWord: ['pruned', '가지치기'], yes: ['yes', '예'],
  start: ['Start', '시작'], resume: ['Resume', '재개'], pause: ['Pause', '일시 정지'], stop: ['Stop', '중지'], remove: ['Delete', '삭제'],
  confirmWinners: ['Confirm winners', '우승 후보 재확인'], confirmStart: ['Run on fresh seeds', '새 시드로 실행'], winners: ['Best trials', '우승 후보 수'], freshSeeds: ['Seeds each', '후보마다 시드 수'],
  confirmHelp: ['A search picks the luckiest trial. Its best are run again on seeds that it has not seen; only a trial with such seeds can be promoted.', '탐색은 가장 운이 좋은 시행을 고르기 마련입니다. 가장 좋은 시행들을 새 시드로 다시 실행하며, 이렇게 확인한 시행만 승격할 수 있습니다.'], reasonAsk: ['Why? (for the audit log)', '이유 (감사 기록)'],
  reallyStop: ['Stop this study? Running trials are cancelled.', '이 연구를 중지할까요? 실행 중인 시행이 취소됩니다.'],
  reallyDelete: ['Delete this study with all its trials?', '이 연구와 모든 시행을 삭제할까요?'],
  yesDo: ['Yes, do it', '예, 실행'], cancel: ['Cancel', '취소'], save: ['Save', '저장'],
  overview: ['Overview', '개요'], history: ['History', '이력'], importance: ['Importance', '중요도'], parallel: ['Parallel coordinates', '평행 좌표'],
  slice: ['Slice', '단면'], contour: ['Contour', '등고선'], curves: ['Learning curves', '학습 곡선'], edf: ['Distribution of results', '결과 분포'],
  timeline: ['Timeline', '시간표'], pareto: ['Pareto front', '파레토 전선'], trials: ['Trials', '시행'], audit: ['Audit log', '감사 기록'],
  notes: ['Notes', '메모'], settings: ['Settings', '설정'], regret: ['Regret bound', '후회 상한'], hypervolume: ['Hypervolume', '초부피'],
  trial: ['Trial', '시행'], bestSoFar: ['best so far', '지금까지 최선'], value: ['value', '값'], parameter: ['Parameter', '매개변수'],
  share: ['share', '비율'], step: ['epoch', '에포크'], seconds: ['seconds', '초'], attempt: ['Attempt', '시도'], worker: ['Asked by', '요청자'], replica: ['Trained by', '학습한 곳'], lanes: ['Lanes', '행'], byReplica: ['model replica', '모형 서비스 복제본'], byWorker: ['tuner replica or client', '튜너 복제본 또는 클라이언트'],
  duration: ['Time', '시간'], origin: ['Origin', '출처'], started: ['Started', '시작 시각'], reason: ['Reason', '이유'], metric: ['Metric', '지표'], metrics: ['Metrics', '지표'],
  parameters: ['Parameters', '매개변수'], attempts: ['Attempts', '시도'], pruningDecision: ['Pruning decision', '가지치기 결정'],
  checkpoint: ['Checkpoint', '체크포인트'], candidate: ['Trained network', '학습된 신경망'],
  prunedBecause: ['Rule {0} at epoch {1}: {2} against a threshold of {3}.', '규칙 {0}, 에포크 {1}: 값 {2}, 문턱 {3}.'],
  comparedWith: ['Compared with', '비교 대상'], none: ['none', '없음'],
  dataTable: ['Data table', '데이터 표'], firstRows: ['The first {0} of {1} rows; export the trials for all.', '{1}행 가운데 처음 {0}행입니다. 전체는 시행 내보내기를 쓰십시오.'],
  historySummary: ['{0} trials; the best {1} so far is {2}.', '시행 {0}개, 지금까지 최선의 {1} 값은 {2}입니다.'],
  importanceSummary: ['{0} explains most: {1} % of the variance.', '비중이 가장 큰 것은 {0}, 분산의 {1}%입니다.'],
  parallelSummary: ['{0} trials over {1} parameters.', '시행 {0}개, 매개변수 {1}개.'],
  sliceSummary: ['{0} by {1}, {2} trials; darker is later.', '{1}에 따른 {0}, 시행 {2}개. 진할수록 나중입니다.'],
  contourSummary: ['{0} over {1} and {2}, {3} trials.', '{1}과 {2}에 따른 {0}, 시행 {3}개.'],
  curvesSummary: ['{0} curves of {1}, {2} of them pruned.', '{1} 곡선 {0}개, 그중 {2}개는 가지치기됨.'],
  edfSummary: ['Share of trials up to each {0}; the median is {1}.', '{0} 값 이하인 시행의 비율. 중앙값은 {1}입니다.'],
  timelineSummary: ['{0} attempts by {2}, of which there are {1}: {3}.', '시도 {0}개, {2} {1}개: {3}.'],
  paretoSummary: ['{0} of {1} trials are dominated by no other.', '시행 {1}개 가운데 {0}개가 어느 것에도 지배되지 않습니다.'],
  traceSummary: ['The last {0} is {1}.', '마지막 {0} 값은 {1}입니다.'], nothingYet: ['Nothing to show yet.', '아직 보여 줄 것이 없습니다.'],
  ofFinished: ['{0} of {1} finished', '{1}개 중 {0}개 끝남'], nRunning: ['{0} running', '{0}개 실행 중'], nFailed: ['{0} failed', '{0}개 실패'], nPruned: ['{0} pruned', '{0}개 가지치기'],
  about: ['about {0} left', '약 {0} 남음'], reconnecting: ['Connection lost; trying again…', '연결이 끊겨 다시 잇는 중입니다…'], live: ['live', '실시간'],
  previous: ['Previous', '이전'], next: ['Next', '다음'], rows: ['{0} trials', '시행 {0}개'], compare: ['Compare', '비교'], comparePick: ['Pick 2 to 6 trials to compare', '비교할 시행을 2~6개 고르십시오'],
  exportCsv: ['CSV', 'CSV'], exportJson: ['JSON lines', 'JSON lines'], report: ['Report', '보고서'], exports: ['Take away', '내보내기'], notebook: ['Python', 'Python'],
  copied: ['Copied', '복사됨'], copyLink: ['Copy link', '링크 복사'], selected: ['{0} of {1} trials selected', '시행 {1}개 중 {0}개 선택됨'], brushHint: ['Drag along an axis to filter; click the area to take it away.', '축을 따라 끌면 걸러지고, 그 영역을 누르면 풀립니다.'],
  filterByValue: ['Filter by values', '값으로 거르기'], filter: ['Filter', '거르기'], filterNothing: ['Show all', '모두 보기'],
  enqueue: ['Enqueue a configuration', '구성 대기열에 넣기'], retry: ['Run again', '다시 실행'], enqueued: ['Enqueued as trial {0}', '대기열에 넣었습니다: {0}번 시행'],
  promote: ['Promote', '승격'], promoteAsk: ['Registers the networks that confirmed this trial on fresh seeds as one version, evaluates it once on the test fold, and points the alias at it.', '새 시드로 이 시행을 확인한 신경망들을 한 버전으로 등록하고, 시험 폴드에서 한 번 평가한 뒤 별칭이 이 버전을 가리키게 합니다.'],
  alias: ['Alias', '별칭'], force: ['Even if its interval does not clear the best baseline', '구간이 최선의 기준 모형을 넘지 못해도'], promoted: ['Promoted as {0}', '승격했습니다: {0}'],
  budget: ['Budget (trials)', '예산 (시행)'], parallelism: ['At a time', '동시 실행'], name: ['Name', '이름'], architecture: ['Architecture', '구조'], sampler: ['Sampler', '표집기'], pruner: ['Pruner', '가지치기'],
  objective: ['Objective', '목표'], seed: ['Seed', '시드'], maxEpochs: ['Epochs at most', '최대 에포크'], protocol: ['Protocol', '프로토콜'], min: ['from', '최소'], max: ['to', '최대'], fixed: ['fixed', '고정'],
  newPersons: ['New persons', '새로운 사람'], futureYears: ['Known persons, future years', '아는 사람의 미래 해'], noTasks: ['No model service answers.', '응답하는 모형 서비스가 없습니다.'], unreachable: ['does not answer', '응답 없음'],
  action: ['Action', '행위'], actor: ['Who', '누가'], when: ['When', '언제'], detail: ['Detail', '자세히'], edit: ['Edit', '고치기'], markdown: ['Markdown', '마크다운'],
  versions: ['Versions', '버전'], version: ['Version', '버전'], aliases: ['Aliases', '별칭'], lineage: ['Lineage', '계보'], created: ['Created', '생성'], rollBack: ['Roll back', '되돌리기'], setAlias: ['Point an alias here', '별칭 지정'], ensemble: ['Networks', '신경망 수'],
  evaluation: ['Test-fold evaluation (read once, on record)', '시험 폴드 평가 (한 번 읽고 기록)'], noEvaluation: ['The test fold has not been read for this version.', '이 버전은 시험 폴드를 읽지 않았습니다.'], model: ['Model', '모형'], difference: ['difference', '차이'],
  scatter: ['Observed against predicted', '관측값과 예측값'], observed: ['observed', '관측값'], predicted: ['predicted', '예측값'], confusion: ['Confusion matrix', '혼동 행렬'], reliability: ['Reliability curve', '신뢰도 곡선'], confidence: ['mean confidence', '평균 확신도'], bands: ['By group', '집단별'], identity: ['perfect', '완전'],
  scatterSummary: ['{0} pairs.', '{0}쌍.'], confusionSummary: ['{0} % of {1} on the diagonal.', '{1}건의 {0}%가 대각선에 있습니다.'],
  predict: ['Try a prediction', '예측해 보기'], predictHelp: ['One person’s waves, the last one last; leave empty what is not known. The answer is for the year after the last wave.', '한 사람의 해별 값입니다. 마지막 해를 오른쪽 끝에 두고, 모르는 값은 비워 두십시오. 마지막 해의 다음 해를 예측합니다.'], columns: ['Columns', '열'], waves: ['Waves', '해별 값'], answer: ['Answer', '결과'],
  noModels: ['No version yet: promote a trial.', '아직 버전이 없습니다. 시행을 승격하십시오.'], noPanels: ['No panel imported.', '들여온 패널이 없습니다.'], persons: ['Persons', '사람'], personYears: ['Person-years', '개인-연도'], personsAndYears: ['{0} persons, {1} person-years', '{0}명, 개인-연도 {1}건'], years: ['Years', '연도'], mapping: ['Mapping', '대응표'], column: ['Column', '열'], missing: ['Missing', '결측'],
  satisfactionShares: ['Satisfaction by year', '해별 만족도'], medianWage: ['Median wage by year', '해별 임금 중앙값'], excluded: ['Rows left out', '제외된 행'], missingCodes: ['Missing codes', '결측 부호'], distributions: ['Distributions', '분포'],
  kept: ['went on', '계속함'], keptUnasked: ['Rule {0} let it go on: at epoch {1} it had nothing to compare with yet.', '규칙 {0}: 계속함. 에포크 {1}에서는 아직 비교할 대상이 없었습니다.'],
  classes3: ['dissatisfied, neutral, satisfied', '불만족, 보통, 만족'], classes5: ['very dissatisfied, dissatisfied, neutral, satisfied, very satisfied', '매우 불만족, 불만족, 보통, 만족, 매우 만족'],
  tags: ['Tags', '태그'], tagsHelp: ['e.g. thesis wave-26', '예: 논문 26차'], reportOfThese: ['Report of these studies', '이 연구들의 보고서'],
  rank: ['Rank', '순위'], rankSummary: ['{0} trials over {1} and {2}, coloured by rank; rank 1 is best.', '{1}과 {2}에 따른 시행 {0}개. 색은 순위이며 1위가 최선입니다.'],
  artifacts: ['Artifacts', '산출물'],
  reallyPromote: ['Promote trial {0}? Its networks are registered as a version, the test fold is read once, and {1} points at that version from then on.', '{0}번 시행을 승격할까요? 신경망들을 한 버전으로 등록하고 시험 폴드를 한 번 읽으며, 그 뒤로 {1} 별칭은 이 버전을 가리킵니다.'],
  reallyPoint: ['Point {0} at version {1}? Predictions that ask for {0} are answered by it from then on.', '{0} 별칭이 {1}번 버전을 가리키게 할까요? 그 뒤로 {0} 예측에는 이 버전이 답합니다.'],
  reallyRollBack: ['Roll {0} back from version {1} to version {2}?', '{0} 별칭을 {1}번 버전에서 {2}번 버전으로 되돌릴까요?'], rolledBack: ['{0} points at {1} again', '{0} 별칭을 되돌렸습니다. 지금 가리키는 버전: {1}'], pointed: ['{0} points at {1}', '{0} 별칭을 바꿨습니다. 지금 가리키는 버전: {1}'],
  aliasHistory: ['What the aliases pointed at', '별칭 이력'], from: ['From', '이전'], to: ['To', '이후'],
  readOnce: ['{0} sequences of {1} persons', '{1}명의 시계열 {0}개'], allMetrics: ['All figures, by group too', '집단별 지표까지 모두'], residuals: ['Residuals by wage band (mean of predicted − observed)', '임금 구간별 잔차 (예측값 − 관측값의 평균)'],
  importPanel: ['Import a panel', '패널 들여오기'], files: ['Files', '파일'], into: ['Into', '대상'], importing: ['Importing…', '들여오는 중…'], imported: ['{0}: {1}, {2} person-years of {3} persons', '{0}: {1}, {3}명, 개인-연도 {2}건'], wasThere: ['{0}: {1} was there already', '{0}: 이미 있습니다({1})'],
  importHelp: ['CSV, Stata, SPSS, SAS or Excel; several files of one panel at once. The mapping says which column is what; “klips-long” and “klips-raw” are for KLIPS. A mapping of your own goes by ./ilteo panel import.', 'CSV, Stata, SPSS, SAS, Excel 파일. 한 패널의 여러 파일을 한꺼번에 고를 수 있습니다. 대응표는 어느 열이 무엇인지 말해 줍니다. KLIPS에는 klips-long, klips-raw를 쓰고, 직접 만든 대응표는 ./ilteo panel import로 들여옵니다.'],
  mappingText: ['The mapping as it was used', '쓰인 대응표'], year: ['Year', '연도'], addWave: ['Add a wave', '해 추가'], removeWave: ['Remove the first wave', '첫 해 빼기'], contributions: ['What moved it most', '가장 크게 움직인 입력'], inputsOf: ['Inputs', '입력'],
  confirmations: ['Winners on fresh seeds', '새 시드로 확인한 우승 후보'], mean: ['mean', '평균'], interval: ['95 % interval', '95% 구간'], optimism: ['optimism gap', '낙관 편차'], seedsLeft: ['open', '남음'], searchValue: ['in the search', '탐색 때 값'],
  baselines: ['Baselines (validation fold)', '기준 모형 (검증 폴드)'], better: ['better than the best baseline', '최선의 기준 모형보다 좋음'], notBetter: ['not better than the best baseline', '최선의 기준 모형을 넘지 못함'], notFound: ['There is no such page.', '그런 페이지가 없습니다.'], backTo: ['Back to the studies', '연구 목록으로'],
};

const classesInKorean: Record<string, string> = {
  'very dissatisfied': '매우 불만족', dissatisfied: '불만족', neutral: '보통', satisfied: '만족', 'very satisfied': '매우 만족',
};

export function language(): 'en' | 'ko' {
  const wanted = route().query.get('lang') ?? localStorage.getItem('ilteo-language') ?? navigator.language;
  return wanted.startsWith('ko') ? 'ko' : 'en';
}

export function t(key: string, ...values: (string | number)[]): string {
  const text = words[key]?.[language() === 'ko' ? 1 : 0] ?? key;
  return text.replaceAll(/\{(\d)\}/g, (_, i) => String(values[Number(i)] ?? ''));
}

/** A class label or a unit as a service says it, in the language of the page where it is known. */
export function term(word: string): string {
  return language() === 'ko' ? (classesInKorean[word] ?? word) : word === '만원' ? '10,000 won' : word;
}

export function span(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const korean = language() === 'ko';
  if (seconds < 10) return `${seconds.toFixed(1)} ${korean ? '초' : 's'}`;
  if (seconds < 90) return `${Math.round(seconds)} ${korean ? '초' : 's'}`;
  return seconds < 5400
    ? `${Math.round(seconds / 60)} ${korean ? '분' : 'min'}`
    : `${(seconds / 3600).toFixed(1)} ${korean ? '시간' : 'h'}`;
}

export function moment(time: string | undefined): string {
  return time ? new Date(time).toLocaleString(language()) : '';
}

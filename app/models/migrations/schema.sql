-- What a new file begins with: all steps of versions/ together.
-- Written by app.models.migrations.new; a test runs the steps and compares.

BEGIN IMMEDIATE;
CREATE TABLE asked_school (
	id INTEGER NOT NULL, 
	"key" VARCHAR(700) NOT NULL, 
	path VARCHAR NOT NULL, 
	name VARCHAR(600), 
	codes JSON NOT NULL, 
	year INTEGER, 
	contested BOOLEAN NOT NULL, 
	place VARCHAR NOT NULL, 
	CONSTRAINT pk_asked_school PRIMARY KEY (id), 
	CONSTRAINT uq_asked_school_key_path UNIQUE ("key", path)
);
CREATE TABLE assessment (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	subject VARCHAR(100) NOT NULL, 
	grade INTEGER NOT NULL, 
	CONSTRAINT pk_assessment PRIMARY KEY (id), 
	CONSTRAINT uq_assessment_kind_year_subject_grade UNIQUE (kind, year, subject, grade)
);
CREATE TABLE confirmed_finding (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	sheet VARCHAR(200) NOT NULL, 
	cell VARCHAR(200) NOT NULL, 
	message VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_confirmed_finding PRIMARY KEY (id)
);
CREATE INDEX ix_confirmed_finding_sha256 ON confirmed_finding (sha256);
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	sheet VARCHAR(200) NOT NULL, 
	cell VARCHAR(20) NOT NULL, 
	old VARCHAR NOT NULL, 
	new VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_correction PRIMARY KEY (id)
);
CREATE INDEX ix_correction_sha256 ON correction (sha256);
CREATE TABLE exam_days_answer (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	subject VARCHAR(100) NOT NULL, 
	answer VARCHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_exam_days_answer PRIMARY KEY (id), 
	CONSTRAINT uq_exam_days_answer_kind_year_subject UNIQUE (kind, year, subject)
);
CREATE TABLE import_batch (
	id INTEGER NOT NULL, 
	label VARCHAR(500) NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_import_batch PRIMARY KEY (id)
);
CREATE TABLE methodology (
	id INTEGER NOT NULL, 
	"key" VARCHAR(60) NOT NULL, 
	version INTEGER NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	first_year INTEGER NOT NULL, 
	last_year INTEGER, 
	body JSON NOT NULL, 
	stored_at DATETIME NOT NULL, 
	CONSTRAINT pk_methodology PRIMARY KEY (id), 
	CONSTRAINT uq_methodology_key_version UNIQUE ("key", version)
);
CREATE TABLE network_group (
	id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	principle VARCHAR NOT NULL, 
	first_year INTEGER, 
	last_year INTEGER, 
	CONSTRAINT pk_network_group PRIMARY KEY (id)
);
CREATE TABLE office (
	id INTEGER NOT NULL, 
	full_name VARCHAR(600) NOT NULL, 
	short_name VARCHAR(200) NOT NULL, 
	parent_name VARCHAR(600) NOT NULL, 
	place VARCHAR(200) NOT NULL, 
	head_post VARCHAR(300) NOT NULL, 
	head_name VARCHAR(200) NOT NULL, 
	name_cases JSON NOT NULL, 
	address VARCHAR(600) NOT NULL, 
	phones VARCHAR(200) NOT NULL, 
	email VARCHAR(200) NOT NULL, 
	site VARCHAR(200) NOT NULL, 
	okpo VARCHAR(20) NOT NULL, 
	ogrn VARCHAR(20) NOT NULL, 
	inn VARCHAR(20) NOT NULL, 
	kpp VARCHAR(20) NOT NULL, 
	executor_name VARCHAR(200) NOT NULL, 
	executor_phone VARCHAR(60) NOT NULL, 
	emblem BLOB, 
	CONSTRAINT pk_office PRIMARY KEY (id)
);
CREATE TABLE own_measure (
	id INTEGER NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	title VARCHAR NOT NULL, 
	body JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_own_measure PRIMARY KEY (id), 
	CONSTRAINT uq_own_measure_key UNIQUE ("key")
);
CREATE TABLE own_risk_factor (
	id INTEGER NOT NULL, 
	"key" VARCHAR(60) NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	note VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_own_risk_factor PRIMARY KEY (id), 
	CONSTRAINT uq_own_risk_factor_key UNIQUE ("key")
);
CREATE TABLE own_template (
	id INTEGER NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	kind VARCHAR(60) NOT NULL, 
	body BLOB NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_own_template PRIMARY KEY (id), 
	CONSTRAINT uq_own_template_title UNIQUE (title)
);
CREATE TABLE own_text (
	id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	text VARCHAR NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_own_text PRIMARY KEY (id), 
	CONSTRAINT uq_own_text_key UNIQUE ("key")
);
CREATE TABLE programme (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	title VARCHAR(1000) NOT NULL, 
	short_title VARCHAR(300) NOT NULL, 
	first_year INTEGER NOT NULL, 
	last_year INTEGER NOT NULL, 
	parent_id INTEGER, 
	approval JSON NOT NULL, 
	preset VARCHAR(60) NOT NULL, 
	CONSTRAINT pk_programme PRIMARY KEY (id), 
	CONSTRAINT fk_programme_parent_id_programme FOREIGN KEY(parent_id) REFERENCES programme (id)
);
CREATE INDEX ix_programme_parent_id ON programme (parent_id);
CREATE TABLE school (
	id INTEGER NOT NULL, 
	short_name VARCHAR(300) NOT NULL, 
	full_name VARCHAR(600), 
	kind VARCHAR(60), 
	settlement VARCHAR(200), 
	rural BOOLEAN, 
	pupils INTEGER, 
	director VARCHAR(200), 
	status VARCHAR(32) NOT NULL, 
	search_key VARCHAR(1000) NOT NULL, 
	CONSTRAINT pk_school PRIMARY KEY (id)
);
CREATE INDEX ix_school_search_key ON school (search_key);
CREATE TABLE setting (
	"key" VARCHAR(100) NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE skipped_school (
	id INTEGER NOT NULL, 
	"key" VARCHAR(700) NOT NULL, 
	name VARCHAR(600) NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_skipped_school PRIMARY KEY (id), 
	CONSTRAINT uq_skipped_school_key UNIQUE ("key")
);
CREATE TABLE table_mapping (
	id INTEGER NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	body JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME NOT NULL, 
	CONSTRAINT pk_table_mapping PRIMARY KEY (id), 
	CONSTRAINT uq_table_mapping_fingerprint UNIQUE (fingerprint)
);
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	category VARCHAR(32) NOT NULL, 
	basis VARCHAR(32) NOT NULL, 
	reason VARCHAR NOT NULL, 
	computed_category VARCHAR(32) NOT NULL, 
	computed_reason VARCHAR NOT NULL, 
	methodology_id INTEGER NOT NULL, 
	decided_at DATETIME NOT NULL, 
	decided_by VARCHAR(100), 
	current BOOLEAN NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT fk_decision_methodology_id_methodology FOREIGN KEY(methodology_id) REFERENCES methodology (id), 
	CONSTRAINT fk_decision_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE UNIQUE INDEX uq_decision_current ON decision (school_id, year) WHERE current = 1;
CREATE TABLE document (
	id INTEGER NOT NULL, 
	kind VARCHAR(60) NOT NULL, 
	year INTEGER NOT NULL, 
	title VARCHAR(600) NOT NULL, 
	number VARCHAR(60) NOT NULL, 
	date DATE, 
	status VARCHAR(32) NOT NULL, 
	content JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	made_by VARCHAR(100) NOT NULL, 
	closed_at DATETIME, 
	note VARCHAR NOT NULL, 
	request JSON NOT NULL, 
	replaces_id INTEGER, 
	amends_id INTEGER, 
	programme_id INTEGER, 
	school_id INTEGER, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_amends_id_document FOREIGN KEY(amends_id) REFERENCES document (id), 
	CONSTRAINT fk_document_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_document_replaces_id_document FOREIGN KEY(replaces_id) REFERENCES document (id), 
	CONSTRAINT fk_document_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_document_amends_id ON document (amends_id);
CREATE INDEX ix_document_programme_id ON document (programme_id);
CREATE INDEX ix_document_replaces_id ON document (replaces_id);
CREATE INDEX ix_document_school_id ON document (school_id);
CREATE TABLE evidence (
	id INTEGER NOT NULL, 
	programme_id INTEGER, 
	year INTEGER NOT NULL, 
	step VARCHAR(40) NOT NULL, 
	direction VARCHAR(60) NOT NULL, 
	title VARCHAR(600) NOT NULL, 
	number VARCHAR(60) NOT NULL, 
	issued_on DATE, 
	due DATE, 
	link VARCHAR NOT NULL, 
	responsible VARCHAR(300) NOT NULL, 
	prior_id INTEGER, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (id), 
	CONSTRAINT fk_evidence_prior_id_evidence FOREIGN KEY(prior_id) REFERENCES evidence (id), 
	CONSTRAINT fk_evidence_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_evidence_place ON evidence (year, step, direction);
CREATE INDEX ix_evidence_prior_id ON evidence (prior_id);
CREATE INDEX ix_evidence_programme_id ON evidence (programme_id);
CREATE TABLE form_excuse (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	form VARCHAR(60) NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_form_excuse PRIMARY KEY (id), 
	CONSTRAINT fk_form_excuse_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT uq_form_excuse_school_id_year_form UNIQUE (school_id, year, form)
);
CREATE TABLE import_file (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	path VARCHAR(1000) NOT NULL, 
	folder VARCHAR(300) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	layout VARCHAR(64), 
	status VARCHAR(32) NOT NULL, 
	archived_as VARCHAR(200), 
	rows_read INTEGER NOT NULL, 
	rows_stored INTEGER NOT NULL, 
	rows_unchanged INTEGER NOT NULL, 
	rows_quarantined INTEGER NOT NULL, 
	CONSTRAINT pk_import_file PRIMARY KEY (id), 
	CONSTRAINT fk_import_file_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE INDEX ix_import_file_batch_id ON import_file (batch_id);
CREATE INDEX ix_import_file_sha256 ON import_file (sha256);
CREATE TABLE journal (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	title VARCHAR(300) NOT NULL, 
	changes JSON NOT NULL, 
	undone BOOLEAN NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT pk_journal PRIMARY KEY (id), 
	CONSTRAINT fk_journal_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE INDEX ix_journal_batch_id ON journal (batch_id);
CREATE TABLE monitoring_row (
	id INTEGER NOT NULL, 
	programme_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	criterion VARCHAR NOT NULL, 
	indicators VARCHAR NOT NULL, 
	instruments VARCHAR NOT NULL, 
	sources VARCHAR NOT NULL, 
	CONSTRAINT pk_monitoring_row PRIMARY KEY (id), 
	CONSTRAINT fk_monitoring_row_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_monitoring_row_programme_id ON monitoring_row (programme_id);
CREATE TABLE organization (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	name VARCHAR(600) NOT NULL, 
	short_name VARCHAR(300) NOT NULL, 
	"key" VARCHAR(600) NOT NULL, 
	spellings JSON NOT NULL, 
	cases JSON NOT NULL, 
	contacts VARCHAR NOT NULL, 
	school_id INTEGER, 
	CONSTRAINT pk_organization PRIMARY KEY (id), 
	CONSTRAINT fk_organization_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_organization_key ON organization ("key");
CREATE INDEX ix_organization_school_id ON organization (school_id);
CREATE TABLE programme_block (
	id INTEGER NOT NULL, 
	programme_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	position INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	title VARCHAR(600) NOT NULL, 
	body JSON NOT NULL, 
	included BOOLEAN NOT NULL, 
	CONSTRAINT pk_programme_block PRIMARY KEY (id), 
	CONSTRAINT fk_programme_block_parent_id_programme_block FOREIGN KEY(parent_id) REFERENCES programme_block (id), 
	CONSTRAINT fk_programme_block_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_programme_block_parent_id ON programme_block (parent_id);
CREATE INDEX ix_programme_block_programme_id ON programme_block (programme_id);
CREATE TABLE programme_item (
	id INTEGER NOT NULL, 
	programme_id INTEGER NOT NULL, 
	part VARCHAR(40) NOT NULL, 
	parent_id INTEGER, 
	position INTEGER NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	text VARCHAR NOT NULL, 
	data JSON NOT NULL, 
	CONSTRAINT pk_programme_item PRIMARY KEY (id), 
	CONSTRAINT fk_programme_item_parent_id_programme_item FOREIGN KEY(parent_id) REFERENCES programme_item (id), 
	CONSTRAINT fk_programme_item_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_programme_item_parent_id ON programme_item (parent_id);
CREATE INDEX ix_programme_item_part ON programme_item (part);
CREATE INDEX ix_programme_item_programme_id ON programme_item (programme_id);
CREATE TABLE roadmap (
	id INTEGER NOT NULL, 
	programme_id INTEGER, 
	position INTEGER NOT NULL, 
	mode VARCHAR(32) NOT NULL, 
	title VARCHAR(1000) NOT NULL, 
	first_year INTEGER, 
	last_year INTEGER, 
	columns JSON NOT NULL, 
	directions JSON NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT pk_roadmap PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	CONSTRAINT fk_roadmap_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_roadmap_batch_id ON roadmap (batch_id);
CREATE INDEX ix_roadmap_programme_id ON roadmap (programme_id);
CREATE TABLE school_document (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	factor VARCHAR(60) NOT NULL, 
	title VARCHAR(600) NOT NULL, 
	number VARCHAR(60) NOT NULL, 
	issued_on DATE, 
	due DATE, 
	valid_until DATE, 
	state VARCHAR(32) NOT NULL, 
	link VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_school_document PRIMARY KEY (id), 
	CONSTRAINT fk_school_document_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_school_document_school_id ON school_document (school_id);
CREATE TABLE school_ending (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	successor_id INTEGER, 
	ended_on DATE, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_school_ending PRIMARY KEY (id), 
	CONSTRAINT fk_school_ending_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT fk_school_ending_successor_id_school FOREIGN KEY(successor_id) REFERENCES school (id), 
	CONSTRAINT uq_school_ending_school_id UNIQUE (school_id)
);
CREATE INDEX ix_school_ending_successor_id ON school_ending (successor_id);
CREATE TABLE school_risk (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	factor VARCHAR(60) NOT NULL, 
	significance VARCHAR(32), 
	actual BOOLEAN NOT NULL, 
	priority BOOLEAN NOT NULL, 
	resolved_on DATE, 
	evidence VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_school_risk PRIMARY KEY (id), 
	CONSTRAINT fk_school_risk_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT uq_school_risk_school_id_year_factor UNIQUE (school_id, year, factor)
);
CREATE INDEX ix_school_risk_school_id ON school_risk (school_id);
CREATE TABLE document_file (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	name VARCHAR(300) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_document_file PRIMARY KEY (id), 
	CONSTRAINT fk_document_file_document_id_document FOREIGN KEY(document_id) REFERENCES document (id)
);
CREATE INDEX ix_document_file_document_id ON document_file (document_id);
CREATE TABLE import_problem (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	severity VARCHAR(32) NOT NULL, 
	sheet VARCHAR(200), 
	cell VARCHAR(200), 
	message VARCHAR NOT NULL, 
	hint VARCHAR NOT NULL, 
	CONSTRAINT pk_import_problem PRIMARY KEY (id), 
	CONSTRAINT fk_import_problem_file_id_import_file FOREIGN KEY(file_id) REFERENCES import_file (id)
);
CREATE INDEX ix_import_problem_file_id ON import_problem (file_id);
CREATE TABLE indicator (
	id INTEGER NOT NULL, 
	programme_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	goal_id INTEGER, 
	position INTEGER NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	title VARCHAR NOT NULL, 
	unit VARCHAR(60) NOT NULL, 
	better VARCHAR(32), 
	formula VARCHAR(60) NOT NULL, 
	source VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	is_group BOOLEAN NOT NULL, 
	extra JSON NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT pk_indicator PRIMARY KEY (id), 
	CONSTRAINT fk_indicator_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	CONSTRAINT fk_indicator_goal_id_programme_item FOREIGN KEY(goal_id) REFERENCES programme_item (id), 
	CONSTRAINT fk_indicator_parent_id_indicator FOREIGN KEY(parent_id) REFERENCES indicator (id), 
	CONSTRAINT fk_indicator_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
CREATE INDEX ix_indicator_batch_id ON indicator (batch_id);
CREATE INDEX ix_indicator_goal_id ON indicator (goal_id);
CREATE INDEX ix_indicator_parent_id ON indicator (parent_id);
CREATE INDEX ix_indicator_programme_id ON indicator (programme_id);
CREATE TABLE mentor_pair (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	agreement_number VARCHAR(60) NOT NULL, 
	agreement_date DATE, 
	first_day DATE, 
	last_day DATE, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_mentor_pair PRIMARY KEY (id), 
	CONSTRAINT fk_mentor_pair_mentor_id_organization FOREIGN KEY(mentor_id) REFERENCES organization (id), 
	CONSTRAINT fk_mentor_pair_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_mentor_pair_mentor_id ON mentor_pair (mentor_id);
CREATE INDEX ix_mentor_pair_school_id ON mentor_pair (school_id);
CREATE TABLE network_member (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	organization_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_network_member PRIMARY KEY (id), 
	CONSTRAINT fk_network_member_group_id_network_group FOREIGN KEY(group_id) REFERENCES network_group (id), 
	CONSTRAINT fk_network_member_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id), 
	CONSTRAINT uq_network_member_group_id_organization_id UNIQUE (group_id, organization_id)
);
CREATE INDEX ix_network_member_group_id ON network_member (group_id);
CREATE INDEX ix_network_member_organization_id ON network_member (organization_id);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	post VARCHAR(300) NOT NULL, 
	organization_id INTEGER, 
	"key" VARCHAR(300) NOT NULL, 
	spellings JSON NOT NULL, 
	cases JSON NOT NULL, 
	contacts VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
);
CREATE INDEX ix_person_key ON person ("key");
CREATE INDEX ix_person_organization_id ON person (organization_id);
CREATE TABLE quarantine_row (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	sheet VARCHAR(200) NOT NULL, 
	"row" INTEGER NOT NULL, 
	school VARCHAR(600) NOT NULL, 
	item VARCHAR(300) NOT NULL, 
	reason VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	note VARCHAR NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_quarantine_row PRIMARY KEY (id), 
	CONSTRAINT fk_quarantine_row_file_id_import_file FOREIGN KEY(file_id) REFERENCES import_file (id)
);
CREATE INDEX ix_quarantine_row_file_id ON quarantine_row (file_id);
CREATE TABLE recommendation (
	id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	school_id INTEGER, 
	addressee VARCHAR(40) NOT NULL, 
	addressee_name VARCHAR(300) NOT NULL, 
	factor VARCHAR(60) NOT NULL, 
	deficit VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	term VARCHAR NOT NULL, 
	term_start DATE, 
	term_end DATE, 
	state VARCHAR(32) NOT NULL, 
	analysis_id INTEGER, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_recommendation PRIMARY KEY (id), 
	CONSTRAINT fk_recommendation_analysis_id_evidence FOREIGN KEY(analysis_id) REFERENCES evidence (id), 
	CONSTRAINT fk_recommendation_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_recommendation_analysis_id ON recommendation (analysis_id);
CREATE INDEX ix_recommendation_school_id ON recommendation (school_id);
CREATE TABLE roadmap_group (
	id INTEGER NOT NULL, 
	roadmap_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	position INTEGER NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	title VARCHAR NOT NULL, 
	factor VARCHAR(60) NOT NULL, 
	goal_id INTEGER, 
	CONSTRAINT pk_roadmap_group PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_group_goal_id_programme_item FOREIGN KEY(goal_id) REFERENCES programme_item (id), 
	CONSTRAINT fk_roadmap_group_parent_id_roadmap_group FOREIGN KEY(parent_id) REFERENCES roadmap_group (id), 
	CONSTRAINT fk_roadmap_group_roadmap_id_roadmap FOREIGN KEY(roadmap_id) REFERENCES roadmap (id)
);
CREATE INDEX ix_roadmap_group_goal_id ON roadmap_group (goal_id);
CREATE INDEX ix_roadmap_group_parent_id ON roadmap_group (parent_id);
CREATE INDEX ix_roadmap_group_roadmap_id ON roadmap_group (roadmap_id);
CREATE TABLE source_block (
	id INTEGER NOT NULL, 
	file_id INTEGER NOT NULL, 
	sheet VARCHAR(200) NOT NULL, 
	columns JSON NOT NULL, 
	CONSTRAINT pk_source_block PRIMARY KEY (id), 
	CONSTRAINT fk_source_block_file_id_import_file FOREIGN KEY(file_id) REFERENCES import_file (id)
);
CREATE INDEX ix_source_block_file_id ON source_block (file_id);
CREATE TABLE activity (
	id INTEGER NOT NULL, 
	roadmap_id INTEGER NOT NULL, 
	group_id INTEGER, 
	position INTEGER NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	auto_number BOOLEAN NOT NULL, 
	title VARCHAR NOT NULL, 
	search_key VARCHAR NOT NULL, 
	term VARCHAR NOT NULL, 
	term_start DATE, 
	term_end DATE, 
	recurrence VARCHAR(40) NOT NULL, 
	term_by_hand BOOLEAN NOT NULL, 
	responsible VARCHAR NOT NULL, 
	who_when VARCHAR NOT NULL, 
	result VARCHAR NOT NULL, 
	result_kind VARCHAR(100) NOT NULL, 
	evidence VARCHAR NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	plan_number DOUBLE, 
	status VARCHAR(32) NOT NULL, 
	status_note VARCHAR NOT NULL, 
	proof VARCHAR NOT NULL, 
	done_on DATE, 
	remind_on DATE, 
	stage VARCHAR(32), 
	direction INTEGER, 
	factor VARCHAR(60) NOT NULL, 
	indicator_id INTEGER, 
	recommendation_id INTEGER, 
	after_id INTEGER, 
	copied_from_id INTEGER, 
	measure VARCHAR(80) NOT NULL, 
	extra JSON NOT NULL, 
	block_id INTEGER, 
	rows VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_activity PRIMARY KEY (id), 
	CONSTRAINT fk_activity_after_id_activity FOREIGN KEY(after_id) REFERENCES activity (id), 
	CONSTRAINT fk_activity_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_activity_group_id_roadmap_group FOREIGN KEY(group_id) REFERENCES roadmap_group (id), 
	CONSTRAINT fk_activity_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT fk_activity_recommendation_id_recommendation FOREIGN KEY(recommendation_id) REFERENCES recommendation (id), 
	CONSTRAINT fk_activity_roadmap_id_roadmap FOREIGN KEY(roadmap_id) REFERENCES roadmap (id)
);
CREATE INDEX ix_activity_after_id ON activity (after_id);
CREATE INDEX ix_activity_block_id ON activity (block_id);
CREATE INDEX ix_activity_group_id ON activity (group_id);
CREATE INDEX ix_activity_indicator_id ON activity (indicator_id);
CREATE INDEX ix_activity_recommendation_id ON activity (recommendation_id);
CREATE INDEX ix_activity_roadmap_id ON activity (roadmap_id);
CREATE INDEX ix_activity_term ON activity (term_end, status);
CREATE TABLE appointment (
	id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	school_id INTEGER, 
	person_id INTEGER, 
	organization_id INTEGER, 
	post VARCHAR(300) NOT NULL, 
	order_text VARCHAR(300) NOT NULL, 
	first_day DATE, 
	last_day DATE, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id), 
	CONSTRAINT fk_appointment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_appointment_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_appointment_organization_id ON appointment (organization_id);
CREATE INDEX ix_appointment_person_id ON appointment (person_id);
CREATE INDEX ix_appointment_school_id ON appointment (school_id);
CREATE TABLE indicator_value (
	id INTEGER NOT NULL, 
	indicator_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	period VARCHAR(20) NOT NULL, 
	text VARCHAR(200) NOT NULL, 
	number DOUBLE, 
	numerator DOUBLE, 
	denominator DOUBLE, 
	"on" DATE, 
	evidence VARCHAR NOT NULL, 
	CONSTRAINT pk_indicator_value PRIMARY KEY (id), 
	CONSTRAINT fk_indicator_value_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT uq_indicator_value_indicator_id_role_period UNIQUE (indicator_id, role, period)
);
CREATE INDEX ix_indicator_value_indicator_id ON indicator_value (indicator_id);
CREATE TABLE record (
	id INTEGER NOT NULL, 
	identity VARCHAR(600) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	school_id INTEGER, 
	scope VARCHAR(32), 
	name VARCHAR(300), 
	assessment_id INTEGER, 
	data JSON NOT NULL, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	CONSTRAINT pk_record PRIMARY KEY (id), 
	CONSTRAINT fk_record_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id), 
	CONSTRAINT fk_record_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_record_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_record_assessment_id ON record (assessment_id);
CREATE INDEX ix_record_block_id ON record (block_id);
CREATE INDEX ix_record_kind_year ON record (kind, year);
CREATE INDEX ix_record_school_id ON record (school_id);
CREATE UNIQUE INDEX uq_record_current ON record (identity) WHERE current = 1;
CREATE TABLE reference_result (
	id INTEGER NOT NULL, 
	scope VARCHAR(32) NOT NULL, 
	name VARCHAR(300) NOT NULL, 
	assessment_id INTEGER NOT NULL, 
	participants INTEGER, 
	p2 DOUBLE, 
	p3 DOUBLE, 
	p4 DOUBLE, 
	p5 DOUBLE, 
	mean DOUBLE, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	CONSTRAINT pk_reference_result PRIMARY KEY (id), 
	CONSTRAINT fk_reference_result_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id), 
	CONSTRAINT fk_reference_result_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id)
);
CREATE INDEX ix_reference_result_assessment_id ON reference_result (assessment_id);
CREATE INDEX ix_reference_result_block_id ON reference_result (block_id);
CREATE UNIQUE INDEX uq_reference_result_current ON reference_result (scope, name, assessment_id) WHERE current = 1;
CREATE TABLE result (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	assessment_id INTEGER NOT NULL, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	participants INTEGER NOT NULL, 
	n2 INTEGER, 
	n3 INTEGER, 
	n4 INTEGER, 
	n5 INTEGER, 
	below INTEGER, 
	p2 DOUBLE, 
	p3 DOUBLE, 
	p4 DOUBLE, 
	p5 DOUBLE, 
	mean DOUBLE, 
	origin VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_result PRIMARY KEY (id), 
	CONSTRAINT fk_result_assessment_id_assessment FOREIGN KEY(assessment_id) REFERENCES assessment (id), 
	CONSTRAINT fk_result_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_result_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_result_assessment_id ON result (assessment_id);
CREATE INDEX ix_result_block_id ON result (block_id);
CREATE UNIQUE INDEX uq_result_current ON result (school_id, assessment_id) WHERE current = 1;
CREATE TABLE school_alias (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	name VARCHAR(600) NOT NULL, 
	"key" VARCHAR(600) NOT NULL, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	CONSTRAINT pk_school_alias PRIMARY KEY (id), 
	CONSTRAINT fk_school_alias_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_school_alias_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT uq_school_alias_key UNIQUE ("key")
);
CREATE INDEX ix_school_alias_block_id ON school_alias (block_id);
CREATE INDEX ix_school_alias_school_id ON school_alias (school_id);
CREATE TABLE school_code (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	system VARCHAR(32) NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	since DATE, 
	until DATE, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	CONSTRAINT pk_school_code PRIMARY KEY (id), 
	CONSTRAINT fk_school_code_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_school_code_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT uq_school_code_system_code UNIQUE (system, code)
);
CREATE INDEX ix_school_code_block_id ON school_code (block_id);
CREATE INDEX ix_school_code_school_id ON school_code (school_id);
CREATE TABLE school_value (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	field VARCHAR(40) NOT NULL, 
	value VARCHAR, 
	block_id INTEGER, 
	rows VARCHAR, 
	current BOOLEAN NOT NULL, 
	replaced_id INTEGER, 
	CONSTRAINT pk_school_value PRIMARY KEY (id), 
	CONSTRAINT fk_school_value_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_school_value_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE INDEX ix_school_value_block_id ON school_value (block_id);
CREATE INDEX ix_school_value_school_id ON school_value (school_id);
CREATE UNIQUE INDEX uq_school_value_current ON school_value (school_id, field) WHERE current = 1;
CREATE TABLE activity_responsible (
	id INTEGER NOT NULL, 
	activity_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR(600) NOT NULL, 
	organization_id INTEGER, 
	person_id INTEGER, 
	CONSTRAINT pk_activity_responsible PRIMARY KEY (id), 
	CONSTRAINT fk_activity_responsible_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id), 
	CONSTRAINT fk_activity_responsible_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id), 
	CONSTRAINT fk_activity_responsible_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_activity_responsible_activity_id ON activity_responsible (activity_id);
CREATE INDEX ix_activity_responsible_organization_id ON activity_responsible (organization_id);
CREATE INDEX ix_activity_responsible_person_id ON activity_responsible (person_id);
CREATE TABLE activity_school (
	id INTEGER NOT NULL, 
	activity_id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	CONSTRAINT pk_activity_school PRIMARY KEY (id), 
	CONSTRAINT fk_activity_school_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id), 
	CONSTRAINT fk_activity_school_school_id_school FOREIGN KEY(school_id) REFERENCES school (id), 
	CONSTRAINT uq_activity_school_activity_id_school_id UNIQUE (activity_id, school_id)
);
CREATE INDEX ix_activity_school_activity_id ON activity_school (activity_id);
CREATE INDEX ix_activity_school_school_id ON activity_school (school_id);
CREATE TABLE activity_year (
	id INTEGER NOT NULL, 
	activity_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	"plan" VARCHAR(200) NOT NULL, 
	plan_number DOUBLE, 
	fact VARCHAR(200) NOT NULL, 
	fact_number DOUBLE, 
	CONSTRAINT pk_activity_year PRIMARY KEY (id), 
	CONSTRAINT fk_activity_year_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id), 
	CONSTRAINT uq_activity_year_activity_id_year UNIQUE (activity_id, year)
);
CREATE INDEX ix_activity_year_activity_id ON activity_year (activity_id);
CREATE TABLE management_decision (
	id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	title VARCHAR(600) NOT NULL, 
	number VARCHAR(60) NOT NULL, 
	issued_on DATE, 
	document_id INTEGER, 
	recommendation_id INTEGER, 
	activity_id INTEGER, 
	due DATE, 
	effect VARCHAR NOT NULL, 
	effect_id INTEGER, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_management_decision PRIMARY KEY (id), 
	CONSTRAINT fk_management_decision_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id), 
	CONSTRAINT fk_management_decision_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_management_decision_effect_id_evidence FOREIGN KEY(effect_id) REFERENCES evidence (id), 
	CONSTRAINT fk_management_decision_recommendation_id_recommendation FOREIGN KEY(recommendation_id) REFERENCES recommendation (id)
);
CREATE INDEX ix_management_decision_activity_id ON management_decision (activity_id);
CREATE INDEX ix_management_decision_document_id ON management_decision (document_id);
CREATE INDEX ix_management_decision_effect_id ON management_decision (effect_id);
CREATE INDEX ix_management_decision_recommendation_id ON management_decision (recommendation_id);
CREATE TABLE result_part (
	id INTEGER NOT NULL, 
	result_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	participants INTEGER NOT NULL, 
	n2 INTEGER, 
	n3 INTEGER, 
	n4 INTEGER, 
	n5 INTEGER, 
	below INTEGER, 
	total DOUBLE NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	counted BOOLEAN NOT NULL, 
	block_id INTEGER NOT NULL, 
	rows VARCHAR NOT NULL, 
	CONSTRAINT pk_result_part PRIMARY KEY (id), 
	CONSTRAINT fk_result_part_block_id_source_block FOREIGN KEY(block_id) REFERENCES source_block (id), 
	CONSTRAINT fk_result_part_result_id_result FOREIGN KEY(result_id) REFERENCES result (id)
);
CREATE INDEX ix_result_part_block_id ON result_part (block_id);
CREATE INDEX ix_result_part_result_id ON result_part (result_id);
PRAGMA application_id = 1330663250;
PRAGMA user_version = 1;
COMMIT;

"""The tab «Сбор сведений»: who has not handed in what, blanks, reminders."""

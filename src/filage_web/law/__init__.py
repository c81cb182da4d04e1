"""The law as this production applies it: values on a day, what a year changes and costs, what to read again."""

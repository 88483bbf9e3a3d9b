-- A study whose epochs were thinned.
UPDATE study SET thinned_to = last_number WHERE display_name = 'confirmed at 2';

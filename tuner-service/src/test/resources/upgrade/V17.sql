-- A study whose model service has counted its folds.
UPDATE study SET folds = '{"training":{"sequences":"70","persons":"7"},"validation":{"sequences":"15","persons":"2"},"test":{"sequences":"16","persons":"1"}}'
 WHERE display_name = 'counted at 12';

// placeholder, to be deleted by the first real file
